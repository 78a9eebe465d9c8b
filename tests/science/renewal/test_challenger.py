"""The second method: how much say it gets, what it adds to the reasons, and how one does without it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit

from arbiter.science.renewal import (
    ChallengerMissing,
    Known,
    cases,
    effects,
    fingerprint,
    forecast,
    from_cases,
    history,
    if_answered,
    learn,
    moves,
    portfolio,
    reasons,
)
from arbiter.science.renewal import challenger as forests
from arbiter.science.renewal.checking import check, folds, misfit, rate, say
from arbiter.science.renewal.learning import in_order
from arbiter.science.renewal.model import anchored
from tests.science.renewal.contracts import TOLD, said
from tests.science.renewal.pasts import EMPTY, open_ones, past


@pytest.fixture(scope="module")
def open_contracts():
    return open_ones(40)


@pytest.fixture(scope="module")
def told():
    return past(160, seed=4, believed=0.8, level=1.6)


@pytest.fixture(scope="module")
def both(told, open_contracts):
    return learn(told, base_rate=TOLD, open_contracts=open_contracts)


@pytest.fixture
def nothing_installed(monkeypatch):
    monkeypatch.setattr(forests, "find_spec", lambda name: None)


def alone(told, **options):
    return learn(told, base_rate=TOLD, open_contracts=[], **options)


def lost(count, *, of):
    return history(
        [Known(lead_days=90)] * of,
        renewed=[place >= count for place in range(of)],
        renewal=range(of),
        customer=range(of),
        age_months=[0] * of,
    )


@pytest.mark.parametrize(
    ("churns", "renewals", "why"),
    [
        (40, 99, "Too few renewals: 99 of the 100 it needs"),
        (14, 100, "Only 14 churned: it needs 15"),
        (86, 100, "Only 14 renewed: it needs 15"),
        (15, 100, ""),
    ],
)
def test_it_is_off_where_there_is_too_little_to_learn_from(churns, renewals, why):
    model = alone(lost(churns, of=renewals))

    assert model.learnt.challenger_note == why
    assert (model.challenger is None) is bool(why)


def test_it_can_be_switched_off(told):
    model = alone(told, boosting=False)

    assert model.learnt.challenger_note == "Switched off"
    assert model.challenger is None
    assert model.learnt.scores.challenger is None


def test_without_lightgbm_the_logistic_learns_alone_and_says_so(told, nothing_installed):
    model = alone(told)

    assert model.learnt.challenger_note == "LightGBM is not installed"
    assert model.weight == 0
    assert len(forecast([said("no")], model)) == 1


def test_a_model_with_a_challenger_is_loud_where_lightgbm_is_missing(both, nothing_installed):
    with pytest.raises(ChallengerMissing, match="not installed"):
        forecast([said("no")], replace(both, challenger=replace(both.challenger, text="other")))


def test_it_has_a_say_between_none_and_all(both):
    assert both.learnt.challenger_note == ""
    assert 0 < both.weight < 1
    assert 0 < both.kept < 1
    assert both.learnt.scores.forecast < both.learnt.scores.base_rate


def test_the_forecast_is_the_stack_of_both(both, open_contracts):
    seen = cases(open_contracts)
    logistic = replace(both, challenger=None, weight=0.0, kept=1.0)

    own = logit(from_cases(seen, logistic).probability)
    other = both.challenger.log_odds(seen, both.layout)
    stack = own + both.weight * (other - own)

    expected = expit(both.level + both.kept * (stack - both.level))
    assert from_cases(seen, both).probability == pytest.approx(expected)


def test_the_reasons_of_both_add_up(both, open_contracts):
    made = forecast(open_contracts, both)

    parts = effects(made, both)
    told = reasons(open_contracts[0], parts[0], both)

    assert parts.shape == (40, 2 + len(both.parts))
    assert parts.sum(axis=1) == pytest.approx(logit(made.probability), abs=1e-12)
    assert sum(each.effect for each in told) == pytest.approx(logit(made.probability[0]), abs=1e-6)


def test_what_the_forest_adds_is_grouped_by_signal(both, open_contracts):
    seen = cases(open_contracts)

    told = both.challenger.effects(seen, both.layout)

    assert told.shape == (40, 1 + len(both.parts))
    assert told.sum(axis=1) == pytest.approx(both.challenger.log_odds(seen, both.layout))
    assert (told[:, 1 + both.parts.index("price")] == 0).all()


def test_moves_and_answers_are_those_of_both(both):
    known = replace(said("not_sure", role="user"), lead_days=90, goals=1)

    answered = if_answered(known, both)

    assert answered["yes"] > answered["no"]
    assert {move.name for move in moves(known, both)} >= {"decision_yes"}


def test_futures_are_drawn_around_the_forecasts_of_both(both, open_contracts):
    made = forecast(open_contracts * 5, both)

    money = portfolio(
        made,
        both,
        np.ones(200),
        segments=[each.segment for each in open_contracts * 5],
        draws=4_000,
    )

    assert money.expected == pytest.approx(made.probability.sum())
    assert money.median == pytest.approx(money.expected, rel=0.02)


def test_training_twice_gives_the_same_model_whatever_the_order(told, both, open_contracts):
    order = np.random.default_rng(1).permutation(len(told))

    again = learn(told.take(order), base_rate=TOLD, open_contracts=open_contracts)

    assert fingerprint(again) == fingerprint(both)


def test_no_contract_has_no_forecast(both):
    assert len(forecast([], both)) == 0
    assert effects(forecast([], both), both).shape == (0, 2 + len(both.parts))


def test_customers_are_checked_whole_and_churns_are_spread():
    told = past(200)
    fold = folds(told)

    whole = {(customer, each) for customer, each in zip(told.customer, fold, strict=True)}
    lost_in = [told.take(fold == each).churns for each in range(5)]

    assert len(whole) == told.customers
    assert max(lost_in) - min(lost_in) <= 5


def test_below_a_hundred_renewals_all_is_kept_and_nothing_is_scored():
    told = in_order(past(40))

    checked = check(told, anchored(np.empty((0, 22)), base_rate=TOLD), boosting=True)

    assert (checked.kept, checked.weight, checked.scores) == (1.0, 0.0, None)


@given(st.lists(st.booleans(), min_size=30, max_size=60), st.integers(0, 9))
@settings(max_examples=30)
def test_shares_lie_between_nothing_and_all(outcomes, seed):
    renewed = np.array(outcomes, dtype=float)
    own, other = np.random.default_rng(seed).normal(size=(2, len(renewed)))

    weight, kept = say(own, other, np.zeros(len(renewed)), renewed, np.ones(len(renewed)))

    assert 0 < weight < 1
    assert 0 < kept < 1


def test_who_forecasts_better_gets_the_say_and_noise_is_not_kept():
    dice = np.random.default_rng(3)
    truth, noise = dice.normal(0, 1.5, (2, 2_000))
    renewed = (dice.random(2_000) < expit(truth)).astype(float)
    flat, ones = np.zeros(2_000), np.ones(2_000)

    by_other, kept = say(noise, truth, flat, renewed, ones)
    by_own, _ = say(truth, noise, flat, renewed, ones)
    _, of_noise = say(noise, noise, flat, renewed, ones)

    assert by_other > 0.85 > 0.15 > by_own
    assert kept > 0.85
    assert of_noise < 0.1


def test_the_base_rate_begins_with_what_was_told():
    assert rate(EMPTY, TOLD) == pytest.approx(TOLD.probability)
    assert TOLD.worth == pytest.approx(200 / 1.3**2)
    assert rate(past(400), TOLD) == pytest.approx(
        (past(400, seed=1).renewed.mean() * 400 + TOLD.worth * TOLD.probability)
        / (400 + TOLD.worth)
    )


def test_the_misfit_follows_the_spread_of_the_forecasts():
    narrow, wide = np.array([1.0, 1.1] * 500), np.array([0.0, 3.0] * 500)
    ones = np.ones(1_000)

    assert misfit(narrow, ones) == 0.1
    assert misfit(wide, ones) == pytest.approx(0.4 * 1.5, abs=0.02)
    assert misfit(wide[:2], ones[:2]) == pytest.approx(0.36, abs=0.02)


def test_of_many_renewals_three_folds_tell_enough():
    assert set(folds(past(1_990, leads=(90,)))) == {0, 1, 2, 3, 4}
    assert set(folds(past(2_000, leads=(90,)))) == {0, 1, 2}
