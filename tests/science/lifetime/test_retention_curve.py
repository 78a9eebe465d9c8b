"""Which model is believed, and how well the belief foretells."""

import numpy as np
import pytest

from arbiter.science.lifetime import from_survivors, log_survival, retention_curve
from tests.science.lifetime.published import HIGH_END, REGULAR


def _names(curve):
    return [model.name for model in curve.models]


@pytest.mark.parametrize(("survivors", "narrow"), [(REGULAR, 0.695), (HIGH_END, 0.200)])
def test_after_four_renewals_both_models_share_the_belief_by_their_aic(survivors, narrow):
    curve = retention_curve(from_survivors(survivors[:5]))

    assert _names(curve) == ["sBG", "BdW"]
    assert curve.weights == pytest.approx((narrow, 1 - narrow), abs=0.001)
    sbg, bdw = curve.models
    assert curve.weights[1] / curve.weights[0] == pytest.approx(np.exp((sbg.aic - bdw.aic) / 2))


@pytest.mark.parametrize(("survivors", "narrow"), [(REGULAR, 0.584), (HIGH_END, 0.008)])
def test_after_seven_renewals_the_belief_has_moved_with_the_data(survivors, narrow):
    curve = retention_curve(from_survivors(survivors[:8]))

    assert curve.weights == pytest.approx((narrow, 1 - narrow), abs=0.001)
    assert (curve.test.p < 0.05) == (survivors is HIGH_END)


def test_after_two_renewals_there_is_one_model_and_no_test():
    curve = retention_curve(from_survivors([100, 80, 70]))

    assert _names(curve) == ["sBG"]
    assert curve.test is None
    assert (curve.periods, curve.lost, curve.decisions) == (2, 30, 180)


@pytest.mark.parametrize(("survivors", "most"), [(REGULAR, 1.0), (HIGH_END, 2.0)])
def test_the_average_foretells_eight_more_years_within_two_points(survivors, most):
    curve = retention_curve(from_survivors(survivors[:5]))

    years = np.arange(5, 13)
    error = 100 * np.abs(curve.survival(years) - np.array(survivors[5:]) / 1000)
    assert error.mean() < most


@pytest.mark.parametrize("survivors", [REGULAR, HIGH_END])
@pytest.mark.parametrize("years", [4, 7])
def test_the_draws_hold_what_came_later(survivors, years):
    alpha, beta, c = retention_curve(from_survivors(survivors[: years + 1])).draws(1_000).T

    later = np.arange(years + 1, 13)
    left = np.exp(log_survival(later, alpha=alpha[:, None], beta=beta[:, None], c=c[:, None]))
    low, high = np.quantile(left, [0.05, 0.95], axis=0)
    actual = np.array(survivors[years + 1 :]) / 1000
    assert np.all((low <= actual) & (actual <= high))


def test_the_renewal_rate_is_the_share_of_those_who_were_left():
    curve = retention_curve(from_survivors(REGULAR))

    rates = curve.renewal_rate([1, 2, 3])

    assert np.cumprod(rates) == pytest.approx(curve.survival([1, 2, 3]))
    assert rates[0] < rates[1] < rates[2]


def test_draws_are_shared_out_by_the_weights():
    curve = retention_curve(from_survivors(HIGH_END[:5]))

    bends = curve.draws(1_000)[:, 2]

    assert np.count_nonzero(bends == 1) == round(1_000 * curve.weights[0])
    assert len(bends) == 1_000
