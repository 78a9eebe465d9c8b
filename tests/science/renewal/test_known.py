"""What is known becomes the numbers of the table, each checked by hand."""

from math import log

import numpy as np
import pytest
from hypothesis import given

from arbiter.science.renewal import TERMS, Answer, Known, features
from tests.science.renewal.contracts import STRANGER, answers, portfolios, said

NAMES = [term.name for term in TERMS]


def feature(known, name):
    return features([known])[0, NAMES.index(name)]


def test_of_a_stranger_only_the_not_knowing_is_known():
    told = {
        name: value for name, value in zip(NAMES, features([STRANGER])[0], strict=True) if value
    }

    assert told == pytest.approx({"nothing_confirmed": 1, "goal_age": log(5), "nps_none": 1})


@pytest.mark.parametrize("intent", ["yes", "not_sure", "no"])
@pytest.mark.parametrize(
    ("role", "level"),
    [
        ("decision_maker", "decision"),
        ("sponsor", "decision"),
        ("champion", "user"),
        ("procurement", "user"),
        ("other", "user"),
    ],
)
def test_an_answer_counts_for_its_role(intent, role, level):
    assert feature(said(intent, role=role), f"{intent}_from_{level}") == 1


@pytest.mark.parametrize(("days", "weight"), [(0, 1), (60, 0.7071), (120, 0.5), (360, 0.125)])
def test_an_answer_fades_by_half_in_120_days(days, weight):
    assert feature(said("yes", days=days), "yes_from_decision") == pytest.approx(weight, abs=1e-4)


def test_a_fresh_answer_of_the_decision_maker_silences_the_users():
    both = Known(answers=(Answer("no", "decision_maker", 0), Answer("yes", "user", 0)))

    assert feature(both, "no_from_decision") == 1
    assert feature(both, "yes_from_user") == 0


def test_a_user_counts_as_far_as_the_decision_maker_has_faded():
    both = Known(answers=(Answer("no", "decision_maker", 120), Answer("yes", "user", 0)))

    assert feature(both, "no_from_decision") == 0.5
    assert feature(both, "yes_from_user") == 0.5


def test_deciders_who_disagree_are_both_heard():
    torn = Known(answers=(Answer("yes", "sponsor", 0), Answer("no", "decision_maker", 120)))

    assert feature(torn, "yes_from_decision") == 1
    assert feature(torn, "no_from_decision") == 0.5


def test_of_two_equal_answers_the_fresher_counts():
    twice = Known(answers=(Answer("yes", "user", 240), Answer("yes", "champion", 120)))

    assert feature(twice, "yes_from_user") == 0.5


def test_silence_counts_whole_without_an_answer_and_as_far_as_answers_have_faded():
    silent = Known(asked_no_reply=True)
    faded = Known(answers=(Answer("yes", "user", 120),), asked_no_reply=True)
    answered = Known(answers=(Answer("yes", "user", 120),))

    assert feature(silent, "no_reply") == 1
    assert feature(faded, "no_reply") == 0.5
    assert feature(answered, "no_reply") == 0


@pytest.mark.parametrize(
    ("verdicts", "share", "nothing"),
    [
        ({"goals": 4, "achieved": 2, "partly": 1, "missed": 1}, 0.625 - 0.4, 0),
        ({"goals": 2, "missed": 1}, -0.4, 1),
        ({"goals": 3}, 0, 1),
    ],
)
def test_a_goal_counts_as_the_customer_judged_it(verdicts, share, nothing):
    assert feature(Known(**verdicts), "confirmed_share") == pytest.approx(share)
    assert feature(Known(**verdicts), "nothing_confirmed") == nothing


@pytest.mark.parametrize(
    ("measured", "reached", "reached_known", "gap"),
    [(4, 3, 1, 0.5), (4, 2, 0, 0), (3, 3, 3, 0), (0, 0, 0, 0)],
)
def test_what_was_reached_and_nobody_knows_is_a_gap_above_half(
    measured, reached, reached_known, gap
):
    known = Known(measured=measured, reached=reached, reached_known=reached_known)

    assert feature(known, "awareness_gap") == gap


def test_a_customer_without_a_goal_counts_like_one_with_a_goal_of_a_year_ago():
    assert feature(STRANGER, "goal_age") == feature(Known(goal_age_months=12), "goal_age")
    assert feature(Known(goal_age_months=3), "goal_age") == pytest.approx(log(2))


@pytest.mark.parametrize(
    ("nps", "column"),
    [(10, "nps_promoter"), (9, "nps_promoter"), (6, "nps_detractor"), (None, "nps_none")],
)
def test_nps_counts_by_its_band(nps, column):
    bands = {name: feature(Known(nps=nps), name) for name in NAMES if name.startswith("nps")}

    assert bands == {name: float(name == column) for name in bands}


def test_a_passive_answer_is_the_reference_of_nps():
    assert not any(feature(Known(nps=8), name) for name in NAMES if name.startswith("nps"))


@pytest.mark.parametrize(
    ("known", "name", "value"),
    [
        (Known(csat=4.5), "csat", 0.5),
        (Known(usage_level=-1.5), "usage_level", -1.5),
        (Known(usage_level=40), "usage_level", 3),
        (Known(usage_trend=-40), "usage_trend", -3),
        (Known(critical_tickets=2), "critical_tickets", 2),
        (Known(critical_tickets=9), "critical_tickets", 3),
        (Known(renewals=0), "first_renewal", 1),
        (Known(renewals=0), "tenure", -0.4),
        (Known(renewals=3), "tenure", log(4) - 0.4),
        (Known(renewals=3), "first_renewal", 0),
        (Known(price_increase=0.1), "price_increase", 0.1),
        (Known(price_increase=9), "price_increase", 0.5),
        (Known(departed=True), "departure", 1),
    ],
)
def test_each_circumstance_counts_as_the_table_says(known, name, value):
    assert feature(known, name) == pytest.approx(value)


@given(portfolios)
def test_features_are_finite_and_one_row_per_contract(known):
    x = features(known)

    assert x.shape == (len(known), len(TERMS))
    assert np.isfinite(x).all()


@given(answers, answers)
def test_what_was_said_never_counts_more_than_whole(first, second):
    x = features([Known(answers=(first, second), asked_no_reply=True)])[0]

    assert (x[:7] >= 0).all()
    assert x[3:6].max() + x[6] + x[:3].max() <= 1 + 1e-12


@pytest.mark.parametrize(
    "facts",
    [
        {"goals": 1, "achieved": 2},
        {"goals": 1, "achieved": 2, "missed": -1},
        {"measured": 1, "reached": 2},
        {"measured": 2, "reached": 1, "reached_known": 2},
        {"goal_age_months": -1},
        {"nps": 11},
        {"csat": 0},
        {"critical_tickets": -1},
        {"renewals": -1},
    ],
)
def test_facts_that_contradict_each_other_are_refused(facts):
    with pytest.raises(ValueError, match=r"\."):
        Known(**facts)


@pytest.mark.parametrize(("intent", "days"), [("maybe", 0), ("yes", -1)])
def test_answers_that_cannot_be_are_refused(intent, days):
    with pytest.raises(ValueError, match=r"intent|future"):
        Answer(intent, "user", days)
