"""Bins against scikit-learn, and their error against its own expectation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve

from arbiter.science.interval import wilson
from arbiter.science.scoring import (
    brier_parts,
    brier_score,
    calibration_error_by_chance,
    expected_calibration_error,
    reliability,
)

FORECASTS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.35, 0.5, 0.8, 0.93, 1.0]), st.integers(0, 1)),
    min_size=1,
    max_size=80,
)


def renewals(seed, n=1_000):
    random = np.random.default_rng(seed)
    p = random.beta(6, 2, n)
    return p, (random.random(n) < p).astype(int)


def test_bins_of_equal_size_are_those_of_scikit_learn():
    p, y = renewals(1)
    observed, forecast = calibration_curve(y, p, n_bins=10, strategy="quantile")

    found = reliability(p, y)

    assert [one.forecast for one in found] == pytest.approx(forecast)
    assert [one.observed for one in found] == pytest.approx(observed)
    assert [one.n for one in found] == [100] * 10


def test_each_bin_has_wilson_s_bar():
    p, y = renewals(2)

    for one in reliability(p, y, level=0.9):
        low, high = wilson(round(one.observed * one.n), one.n, level=0.9)
        assert (one.low, one.high) == pytest.approx((low, high))


def test_below_two_hundred_outcomes_there_are_no_bins_and_no_error():
    p, y = renewals(3, n=199)

    assert reliability(p, y) == ()
    assert expected_calibration_error(p, y) is None
    assert len(reliability(*renewals(3, n=200))) == 10


@settings(max_examples=40)
@given(FORECASTS, st.integers(1, 12))
def test_equal_forecasts_stay_together_and_nobody_is_lost(rows, bins):
    p, y = map(np.array, zip(*rows, strict=True))

    found = reliability(p, y, bins=bins, least=1)

    assert sum(one.n for one in found) == len(p)
    assert sum(one.observed * one.n for one in found) == pytest.approx(y.sum())
    forecasts = [one.forecast for one in found]
    assert forecasts == sorted(forecasts)
    assert len(found) <= min(bins, len(set(p)))


@settings(max_examples=40)
@given(FORECASTS, st.integers(1, 12))
def test_the_order_of_the_rows_does_not_matter(rows, bins):
    p, y = map(np.array, zip(*rows, strict=True))
    turned = reliability(p[::-1], y[::-1], bins=bins, least=1)

    for one, same in zip(reliability(p, y, bins=bins, least=1), turned, strict=True):
        assert (one.forecast, one.observed, one.n) == pytest.approx(
            (same.forecast, same.observed, same.n)
        )


def test_the_error_is_the_mean_distance_of_the_bins():
    p, y = renewals(4)
    bins = reliability(p, y)

    by_bins = sum(one.n * abs(one.observed - one.forecast) for one in bins) / 1_000

    assert expected_calibration_error(p, y) == pytest.approx(by_bins)


def test_the_error_by_chance_is_what_calibrated_forecasts_show_on_average():
    p, _ = renewals(5, n=400)
    random = np.random.default_rng(6)

    shown = [expected_calibration_error(p, random.random(400) < p) for _ in range(400)]

    assert np.mean(shown) == pytest.approx(calibration_error_by_chance(p), rel=0.05)


@given(FORECASTS, st.integers(1, 12))
def test_the_parts_add_up_to_the_brier_score(rows, bins):
    p, y = map(np.array, zip(*rows, strict=True))
    parts = brier_parts(p, y, bins=bins)

    assert parts.score == pytest.approx(brier_score(p, y), abs=1e-12)
    assert min(parts.reliability, parts.resolution, parts.uncertainty) >= 0
    assert parts.uncertainty == pytest.approx(y.mean() * (1 - y.mean()))


def test_with_a_bin_for_each_forecast_nothing_is_hidden():
    p = np.repeat([0.2, 0.5, 0.9], 10)
    parts = brier_parts(p, np.tile([1, 1, 0, 1, 0], 6), bins=3)

    assert parts.within == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    "call",
    [
        lambda: reliability([0.5], [1], bins=0),
        lambda: brier_parts([0.5], [1], bins=0),
        lambda: expected_calibration_error([0.5], [1], bins=0),
        lambda: calibration_error_by_chance([], bins=10),
    ],
)
def test_what_cannot_be_binned_is_refused(call):
    with pytest.raises(ValueError, match=r"bin|columns"):
        call()
