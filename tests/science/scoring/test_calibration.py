"""Calibration against statsmodels, by hand, and on forecasts whose faults are known."""

from math import inf

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from arbiter.science.scoring import calibration_in_the_large, calibration_line, spiegelhalter


def book(seed, n=2_000, shift=0.0, stretch=1.0):
    """Renewals whose true log-odds are the forecast's, shifted and stretched."""
    random = np.random.default_rng(seed)
    forecast = random.normal(1.2, 1.0, n)
    return expit(forecast), (random.random(n) < expit(shift + stretch * forecast)).astype(int)


def test_in_the_large_is_the_share_less_the_mean_forecast_with_wilson_s_ends():
    p, y = book(1, n=60)
    low, high = proportion_confint(y.sum(), 60, method="wilson")

    found = calibration_in_the_large(p, y)

    assert found.difference == pytest.approx(y.mean() - p.mean())
    assert (found.low, found.high) == pytest.approx((low - p.mean(), high - p.mean()))
    assert (found.expected, found.observed, found.n) == pytest.approx((p.mean(), y.mean(), 60))


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_line_is_that_of_statsmodels(level):
    p, y = book(2, shift=-0.4, stretch=0.6)
    x = logit(p)
    shift = sm.GLM(y, np.ones(len(x)), family=sm.families.Binomial(), offset=x).fit(tol=1e-12)
    line = sm.GLM(y, sm.add_constant(x), family=sm.families.Binomial()).fit(tol=1e-12)

    found = calibration_line(p, y, level=level)

    assert found.intercept.value == pytest.approx(shift.params[0], abs=1e-8)
    assert found.slope.value == pytest.approx(line.params[1], abs=1e-8)
    low, high = shift.conf_int(1 - level)[0]
    assert (found.intercept.low, found.intercept.high) == pytest.approx((low, high), abs=1e-6)
    low, high = line.conf_int(1 - level)[1]
    assert (found.slope.low, found.slope.high) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize(("shift", "stretch"), [(0.0, 1.0), (-0.7, 1.0), (0.3, 0.5)])
def test_the_line_finds_the_fault_that_was_put_in(shift, stretch):
    found = calibration_line(*book(3, n=20_000, shift=shift, stretch=stretch))

    assert found.slope.low < stretch < found.slope.high
    if stretch == 1.0:
        assert found.intercept.low < shift < found.intercept.high


@pytest.mark.parametrize(
    ("p", "y", "intercept", "slope"),
    [
        ([0.7, 0.8, 0.9], [1, 1, 1], False, False),
        ([0.7, 0.7, 0.7], [1, 0, 1], True, False),
        ([0.2, 0.4, 0.8], [0, 0, 1], True, False),
        ([0.8, 0.4, 0.2], [0, 0, 1], True, False),
        ([0.2, 0.4, 0.4, 0.8], [0, 0, 1, 1], True, False),
        ([0.7, 0.7 + 1e-12, 0.7, 0.7 + 1e-12], [1, 0, 0, 1], True, False),
        ([0.2, 0.4, 0.3, 0.8], [0, 0, 1, 1], True, True),
    ],
)
def test_what_the_outcomes_do_not_determine_has_no_value(p, y, intercept, slope):
    found = calibration_line(p, y)

    assert (found.intercept.is_known, found.slope.is_known) == (intercept, slope)
    if not slope:
        assert "do not determine" in found.slope.note


@given(st.lists(st.tuples(st.floats(1e-6, 1 - 1e-6), st.integers(0, 1)), min_size=2, max_size=40))
def test_the_fit_ends_at_the_top_of_the_likelihood_whatever_the_forecasts(rows):
    p, y = map(np.array, zip(*rows, strict=True))
    found = calibration_line(p, y)

    if found.intercept.is_known:
        assert expit(logit(p) + found.intercept.value).sum() == pytest.approx(y.sum(), abs=1e-4)


def test_certainty_has_no_log_odds():
    with pytest.raises(ValueError, match="strictly"):
        calibration_line([1.0, 0.5], [1, 0])


def test_spiegelhalter_s_z_by_hand():
    p, y = np.array([0.9, 0.7, 0.2, 0.4]), np.array([1, 0, 0, 1])
    expected = np.sum(p * (1 - p))
    variance = np.sum((1 - 2 * p) ** 2 * p * (1 - p))

    found = spiegelhalter(p, y)

    assert found.z == pytest.approx((np.sum((y - p) ** 2) - expected) / np.sqrt(variance))
    assert found.p == pytest.approx(2 * norm.sf(abs(found.z)))


def test_calibrated_forecasts_are_seldom_called_off_and_extreme_ones_nearly_always():
    honest = [spiegelhalter(*book(seed, n=300)).p < 0.05 for seed in range(400)]
    extreme = [spiegelhalter(*book(seed, n=300, stretch=0.3)).z > 1.96 for seed in range(100)]

    assert 0.02 < np.mean(honest) < 0.085
    assert np.mean(extreme) > 0.9


@pytest.mark.parametrize(
    ("p", "y", "z", "chance"),
    [([0.5] * 3, [1, 1, 1], 0, 1), ([1.0, 0.0], [1, 0], 0, 1), ([1.0, 0.0], [1, 1], inf, 0)],
)
def test_where_nothing_is_left_to_chance_the_test_says_so(p, y, z, chance):
    found = spiegelhalter(p, y)

    assert (found.z, found.p) == (z, chance)
