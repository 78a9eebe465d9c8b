"""Wilson's interval against Newcombe's published table, and what any interval must do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from arbiter.science.interval import around_probability, normal_quantile, t_quantile, wilson

LEVELS = st.floats(0.5, 0.999)


@st.composite
def counts(draw):
    n = draw(st.integers(1, 5_000))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_values_of_newcombe_1998_table_i_method_3(successes, n, low, high):
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


def test_one_lost_of_twenty_is_five_percent_and_plausibly_one_to_twenty_four():
    assert wilson(1, 20) == pytest.approx((0.0089, 0.2361), abs=5e-5)


@given(counts(), LEVELS)
def test_wilson_agrees_with_scipy(counted, level):
    successes, n = counted

    theirs = binomtest(successes, n).proportion_ci(level, method="wilson")

    assert wilson(successes, n, level=level) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(counts(), LEVELS)
def test_wilson_holds_the_share_and_stays_between_none_and_all(counted, level):
    successes, n = counted

    low, high = wilson(successes, n, level=level)

    assert 0 <= low <= successes / n <= high <= 1


@given(counts(), LEVELS)
def test_wilson_of_the_failures_is_the_mirror_image(counted, level):
    successes, n = counted

    low, high = wilson(successes, n, level=level)
    mirrored = wilson(n - successes, n, level=level)

    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(counts())
def test_more_of_the_same_narrows_the_interval(counted):
    successes, n = counted

    few, many = wilson(successes, n), wilson(4 * successes, 4 * n)

    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(
    ("successes", "n", "level"), [(1, 0, 0.9), (3, 2, 0.9), (-1, 2, 0.9), (1, 2, 1)]
)
def test_wilson_refuses_what_makes_no_sense(successes, n, level):
    with pytest.raises(ValueError, match=r"must|needs"):
        wilson(successes, n, level=level)


@given(st.floats(0.001, 0.999), st.floats(0, 3))
def test_the_range_of_a_probability_holds_it_and_is_symmetric_in_log_odds(probability, sd):
    low, high = around_probability([probability], sd)

    assert low[0] <= probability + 1e-12
    assert high[0] >= probability - 1e-12
    middle = (np.log(low / (1 - low)) + np.log(high / (1 - high))) / 2
    assert middle[0] == pytest.approx(np.log(probability / (1 - probability)), abs=1e-6)


def test_without_doubt_the_range_is_the_probability():
    low, high = around_probability([0.2, 0.9], 0.0)

    assert low == pytest.approx([0.2, 0.9])
    assert high == pytest.approx([0.2, 0.9])


@pytest.mark.parametrize(("probability", "sd"), [(0, 1), (1, 1), (0.5, -1), (float("nan"), 1)])
def test_the_range_of_a_probability_refuses_what_is_none(probability, sd):
    with pytest.raises(ValueError, match=r"probability|deviation"):
        around_probability([probability], sd)


@pytest.mark.parametrize(("level", "z"), [(0.90, 1.644854), (0.95, 1.959964), (0.99, 2.575829)])
def test_the_quantiles_are_those_of_the_printed_tables(level, z):
    assert normal_quantile(level) == pytest.approx(z, abs=1e-6)


@pytest.mark.parametrize(("degrees", "quantile"), [(1, 12.7062), (9, 2.2622), (30, 2.0423)])
def test_the_quantiles_of_student_are_those_of_the_printed_tables(degrees, quantile):
    assert t_quantile(0.95, degrees) == pytest.approx(quantile, abs=5e-5)


def test_with_many_degrees_of_freedom_student_is_normal():
    assert t_quantile(0.9, 1e7) == pytest.approx(normal_quantile(0.9), abs=1e-6)


@pytest.mark.parametrize(("level", "degrees"), [(0, 5), (1, 5), (0.9, 0)])
def test_student_refuses_what_makes_no_sense(level, degrees):
    with pytest.raises(ValueError, match=r"must lie|at least one"):
        t_quantile(level, degrees)
