"""What a model rests on, in numbers and in words."""

import numpy as np
import pytest

from arbiter.science.renewal import UNTOLD, Effect, day_one, history, learn, report
from arbiter.science.renewal.layout import rows
from tests.science.renewal.contracts import STRANGER, TOLD
from tests.science.renewal.pasts import open_ones, past


@pytest.fixture(scope="module")
def told():
    return past(120, level=1.5)


@pytest.fixture(scope="module")
def both(told):
    return learn(told, base_rate=TOLD, open_contracts=open_ones(20))


def named(told, name):
    return next(effect for effect in told.terms if effect.name == name)


def test_on_the_first_day_every_effect_is_its_prior():
    told = report(day_one([], base_rate=UNTOLD))

    assert (told.renewals, told.share_of_data, told.scores) == (0, 0, None)
    assert all(effect.mean == pytest.approx(effect.prior) for effect in told.terms)
    assert all(effect.sd == pytest.approx(effect.prior_sd) for effect in told.terms)
    assert all(effect.share_of_data == pytest.approx(0) for effect in told.terms)
    assert told.sentences[1] == "Base rate: Not told; 82% is usual."


def test_one_prior_is_right_by_hand():
    yes = named(report(day_one([], base_rate=UNTOLD)), "yes_from_decision")

    assert yes.prior == pytest.approx(0.55 * 1.1)
    assert yes.prior_sd == pytest.approx(((0.25 * 1.1) ** 2 + (0.6 * 0.5) ** 2) ** 0.5)
    assert (yes.part, yes.label) == ("intent", "The decision maker says yes")


def test_counts_are_those_of_the_past(told, both):
    seen = report(both)

    assert (seen.renewals, seen.churns, seen.customers, seen.snapshots) == (
        120,
        told.churns,
        60,
        360,
    )
    assert seen.coefficients == len(both.layout.columns)
    assert seen.effective_renewals == pytest.approx(120)


def test_effective_degrees_are_the_trace_by_another_road(told):
    model = learn(told, base_rate=TOLD, open_contracts=[], boosting=False)
    z = rows(told.cases, model.layout)
    chance = 1 / (1 + np.exp(-(z @ model.mean)))
    hat = (z @ model.covariance * z).sum(axis=1) * told.weight * chance * (1 - chance)

    assert report(model).effective_degrees == pytest.approx(hat.sum())
    assert 0 < report(model).share_of_data < 1


def test_every_effect_has_a_name_a_label_and_a_range(both):
    seen = report(both)

    assert [effect.name for effect in seen.terms] == list(both.layout.columns[2:])
    assert {effect.part for effect in seen.terms} == set(both.parts)
    assert all(effect.low < effect.mean < effect.high for effect in seen.terms)
    assert named(seen, "segment:Small").label == "Segment Small"
    assert named(seen, "signal:health_score").label == "Health score, per sd"
    assert named(seen, "signal:health_score:missing").label == "Health score is not known"
    assert named(seen, "lead_180").label == "180 days before the decision, against 90"


def test_a_past_without_segments_is_told_as_such():
    told = history(
        [STRANGER] * 3, renewed=[1, 1, 0], renewal=[1, 2, 3], customer=[1, 2, 3], age_months=[0] * 3
    )

    seen = report(learn(told, base_rate=TOLD, open_contracts=[]))

    assert named(seen, "segment:").label == "No segment"


def test_all_of_it_is_said_in_plain_words(both, told):
    sentences = report(both).sentences

    assert sentences[0] == (
        f"Learnt from 120 decided renewals of 60 customers, of which {told.churns} were lost. "
        "Older ones count less: together they weigh 120."
    )
    assert "coefficients, our starting beliefs the rest" in sentences[1]
    assert sentences[2].endswith("we started at 0.55.")
    assert sentences[3].startswith("A second method, boosted trees, has ")
    assert "nats per renewal" in sentences[4]


def test_without_a_challenger_it_says_why():
    sentences = report(learn(past(30), base_rate=TOLD, open_contracts=[])).sentences

    assert sentences[3] == ("No second method has a say. Too few renewals: 30 of the 100 it needs.")
    assert len(sentences) == 4


def test_a_belief_that_data_widened_is_not_called_learnt():
    assert Effect("x", "intent", "x", 0.0, 1.0, 0.0, 1.1).share_of_data == 0
