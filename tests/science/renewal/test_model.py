"""The forecast: the calibration of its priors, the anchor, and how it must behave."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import expit, logit
from scipy.stats import norm

from arbiter.science.renewal import TERMS, UNTOLD, BaseRate, Known, day_one, features, forecast
from arbiter.science.renewal.model import from_features
from tests.science.renewal.contracts import (
    STRANGER,
    TOLD,
    base_rates,
    contracts,
    portfolios,
    said,
)

EFFECT = {term.name: term.effect for term in TERMS}


def chance(known, model):
    return forecast([known], model).probability[0]


def test_the_decision_makers_answers_are_calibrated_to_the_published_correlation():
    mix = np.array([0.7, 0.2, 0.1])
    shifts = np.array([EFFECT[f"{word}_from_decision"] for word in ("yes", "not_sure", "no")])

    base = brentq(lambda a: mix @ expit(a + shifts) - 0.85, -9, 9)
    renewing = expit(base + shifts)
    scale = np.array([1, 0.5, 0])
    covariance = mix @ (scale * renewing) - mix @ scale * 0.85
    spread = np.sqrt((mix @ scale**2 - (mix @ scale) ** 2) * 0.85 * 0.15)

    assert renewing == pytest.approx([0.96, 0.73, 0.35], abs=0.005)
    assert covariance / spread == pytest.approx(0.525, abs=0.001)


def test_one_forecast_is_right_by_hand():
    model = day_one([], base_rate=TOLD)
    intercept = model.mean[0]
    known = replace(said("yes"), nps=10, goal_age_months=0.0, goals=1, achieved=1)
    marginal = 1.1 + 0.2 + 1.5 * 0.6
    eta = intercept + 0.55 * marginal
    own = 0.36 * (0.5**2 + 0.25**2 + (0.7 * 0.6) ** 2)
    variance = TOLD.sd**2 + 0.25**2 * marginal**2 + own + 0.35**2

    made = forecast([known], model)
    mean, _ = quad(lambda u: expit(u) * norm.pdf(u, eta, variance**0.5), eta - 12, eta + 12)
    reach = 1.6448536 * (variance + 0.35**2) ** 0.5

    assert made.eta[0] == pytest.approx(eta)
    assert made.sd[0] == pytest.approx(variance**0.5)
    assert made.probability[0] == pytest.approx(mean, abs=1e-7)
    assert made.low[0] == pytest.approx(expit(logit(mean) - reach), abs=1e-6)
    assert made.high[0] == pytest.approx(expit(logit(mean) + reach), abs=1e-6)


@given(portfolios.filter(bool), base_rates())
def test_without_strangers_the_mean_forecast_is_the_base_rate(known, rate):
    model = day_one(known, base_rate=rate, strangers=0)

    assert forecast(known, model).probability.mean() == pytest.approx(rate.probability, abs=1e-9)


@given(portfolios, base_rates())
def test_the_mean_forecast_of_the_open_and_ten_strangers_is_the_base_rate(known, rate):
    model = day_one(known, base_rate=rate)

    everybody = forecast([*known, *[STRANGER] * 10], model).probability

    assert everybody.mean() == pytest.approx(rate.probability, abs=1e-9)


@pytest.mark.parametrize("strangers", [0, 10])
def test_with_no_open_contract_a_stranger_gets_the_base_rate(strangers):
    model = day_one([], base_rate=TOLD, strangers=strangers)

    assert chance(STRANGER, model) == pytest.approx(TOLD.probability)


def test_the_only_contract_of_a_vendor_is_heard():
    alone = said("no")

    assert chance(alone, day_one([alone], base_rate=TOLD)) < 0.65


@given(contracts(), portfolios, base_rates())
@settings(max_examples=60)
def test_yes_is_above_not_sure_is_above_no(known, others, rate):
    model = day_one(others, base_rate=rate)
    words = [replace(known, answers=said(word).answers) for word in ("yes", "not_sure", "no")]

    yes, not_sure, no = forecast(words, model).probability

    assert yes > not_sure > no


@given(
    st.sampled_from(["champion", "user"]), st.sampled_from(["yes", "not_sure", "no"]), base_rates()
)
def test_the_decision_maker_moves_it_further_than_a_user(role, word, rate):
    model = day_one([], base_rate=rate)

    start, decider, user = forecast([STRANGER, said(word), said(word, role=role)], model).eta

    assert abs(decider - start) > abs(user - start) > 0
    assert bool(decider > start) is (word == "yes")


@given(st.integers(0, 800), st.integers(1, 400), st.sampled_from(["yes", "no"]))
def test_an_older_answer_moves_it_less(days, later, word):
    model = day_one([], base_rate=TOLD)

    start, fresh, old = forecast(
        [STRANGER, said(word, days=days), said(word, days=days + later)], model
    ).eta

    assert abs(fresh - start) > abs(old - start)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (Known(asked_no_reply=True), STRANGER),
        (Known(departed=True), STRANGER),
        (Known(critical_tickets=2), Known(critical_tickets=0)),
        (Known(goal_age_months=18), Known(goal_age_months=1)),
        (Known(goals=2, missed=2), Known(goals=2, achieved=2)),
        (Known(goals=2, achieved=1), Known(goals=2, achieved=1, partly=1)),
        (Known(measured=2, reached=2), Known(measured=2, reached=2, reached_known=2)),
        (Known(nps=3), Known(nps=8)),
        (Known(nps=8), Known(nps=10)),
        (Known(csat=2), Known(csat=4)),
        (Known(usage_level=-1), Known(usage_level=1)),
        (Known(usage_trend=-1), Known(usage_trend=1)),
        (Known(renewals=0), Known(renewals=4)),
        (Known(price_increase=0.2), Known(price_increase=0.0)),
    ],
)
def test_what_is_worse_for_them_lowers_the_chance(worse, better):
    model = day_one([], base_rate=UNTOLD)

    assert chance(worse, model) < chance(better, model)


@given(portfolios, base_rates())
def test_the_range_holds_the_forecast_and_both_stay_between_none_and_all(known, rate):
    made = forecast(known, day_one(known, base_rate=rate))

    assert len(made) == len(known)
    assert ((made.low > 0) & (made.low < made.probability)).all()
    assert ((made.probability < made.high) & (made.high < 1)).all()


@given(contracts(), st.integers(5, 100))
def test_the_more_renewals_were_told_the_narrower_the_range(known, due):
    shares = [BaseRate(renewed=4 * due * scale, due=5 * due * scale) for scale in (1, 4, 16)]

    untold, *told = (
        forecast([known], day_one([], base_rate=rate)).sd[0] for rate in (UNTOLD, *shares)
    )

    assert untold >= told[0] > told[1] > told[2]


def test_order_and_company_do_not_change_a_forecast():
    model = day_one([said("yes"), said("no")], base_rate=TOLD)

    together = forecast([said("no"), STRANGER, said("yes")], model)

    assert together.probability[2] == pytest.approx(chance(said("yes"), model), abs=1e-14)


def test_beliefs_that_learned_are_used_as_they_are():
    model = day_one([], base_rate=TOLD)
    learned = replace(model, mean=np.array([model.mean[0], 0.0, 2.0, *np.zeros(len(TERMS) - 1)]))

    eta = forecast([said("yes"), said("no")], learned).eta

    assert learned.coefficients[0] == 2.0
    assert eta - model.mean[0] == pytest.approx([2.0, 0.0])


def test_features_of_another_table_are_refused():
    with pytest.raises(ValueError, match="22 columns"):
        from_features(np.zeros((1, 3)), day_one([], base_rate=TOLD))


def test_fewer_than_no_strangers_are_refused():
    with pytest.raises(ValueError, match="strangers"):
        day_one([], base_rate=TOLD, strangers=-1)


def test_features_may_be_given_in_place_of_what_is_known():
    model = day_one([], base_rate=TOLD)

    assert from_features(features([said("yes")]), model).eta == forecast([said("yes")], model).eta
