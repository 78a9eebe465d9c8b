"""The difference of two AUCs, by DeLong's definition and by what it must do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from arbiter.science.discrimination import auc, compare

LOST = np.array([1, 1, 1, 0, 0, 0, 0, 0])
SILENT_DAYS = np.array([40, 33, 21, 3, 12, 5, 30, 1.0])
TICKETS = np.array([2, 0, 1, 1, 0, 2, 0, 0.0])


def two_signals(seed, n=900):
    random = np.random.default_rng(seed)
    lost = (random.random(n) < 0.2).astype(int)
    common = random.normal(size=n)
    return common + random.normal(0.9 * lost), common + random.normal(0.3 * lost), lost


def test_the_standard_error_is_delong_s_by_its_definition():
    first, second, lost = two_signals(1, n=120)
    kernel = sum(
        sign
        * ((x[lost == 1][:, None] > x[lost == 0]) + 0.5 * (x[lost == 1][:, None] == x[lost == 0]))
        for sign, x in ((1, first), (-1, second))
    )
    m, n = kernel.shape

    variance = kernel.mean(1).var(ddof=1) / m + kernel.mean(0).var(ddof=1) / n

    found = compare(first, second, lost)
    assert found.se**2 == pytest.approx(variance, rel=1e-9)
    assert found.value == pytest.approx(auc(first, lost).value - auc(second, lost).value, abs=1e-12)


def test_with_many_rows_the_p_value_is_that_of_delong_s_normal_test():
    first, second, lost = two_signals(2)

    found = compare(first, second, lost)

    assert found.p == pytest.approx(2 * norm.sf(abs(found.value) / found.se), abs=1e-4)
    assert found.p < 0.001
    assert found.low > 0


def test_the_shared_part_of_two_signals_narrows_their_difference():
    first, second, lost = two_signals(3)

    apart = np.hypot(auc(first, lost).se, auc(second, lost).se)

    assert compare(first, second, lost).se < 0.9 * apart


def test_only_rows_with_both_scores_are_compared():
    first, second, lost = two_signals(4)
    gaps_in_first, gaps_in_second = first.copy(), second.copy()
    gaps_in_first[:100], gaps_in_second[850:] = np.nan, np.nan

    found = compare(gaps_in_first, gaps_in_second, lost)

    assert found == compare(first[100:850], second[100:850], lost[100:850])
    assert found.n == 750


@given(st.integers(0, 1_000))
def test_swapping_the_two_turns_the_difference_round(seed):
    first, second, lost = two_signals(seed, n=60)
    if 0 < lost.sum() < len(lost):
        ahead, back = compare(first, second, lost), compare(second, first, lost)

        assert (back.value, back.low, back.high) == pytest.approx(
            (-ahead.value, -ahead.high, -ahead.low), abs=1e-12
        )
        assert back.p == pytest.approx(ahead.p)


def test_a_signal_is_no_better_than_itself_stretched():
    same = compare(SILENT_DAYS, 3 * SILENT_DAYS + 1, LOST)

    assert (same.value, same.low, same.high, same.p) == (0, 0, 0, 1)


def test_a_perfect_signal_beside_a_constant_one_is_not_certain_of_its_lead():
    found = compare(-np.arange(8), np.zeros(8), LOST)

    assert (found.first, found.second) == (1.0, 0.5)
    assert 0 < found.low < 0.5 < found.high
    assert 0.001 < found.p < 0.2


def test_rows_of_one_customer_are_not_so_many_observations():
    first, second, lost = two_signals(5, n=300)
    thrice = [np.repeat(column, 3) for column in (first, second, lost)]

    by_customer = compare(*thrice, clusters=np.repeat(np.arange(300), 3))

    assert by_customer.se == pytest.approx(compare(first, second, lost).se, rel=1e-9)
    assert by_customer.se > 1.5 * compare(*thrice).se


@pytest.mark.parametrize(
    "columns",
    [
        {"second": TICKETS[:5]},
        {"clusters": [1, 2]},
        {"happened": np.ones(8)},
        {"first": np.where(LOST == 1, np.nan, 1.0)},
    ],
)
def test_columns_that_cannot_be_compared_are_refused(columns):
    given = {"first": SILENT_DAYS, "second": TICKETS, "happened": LOST} | columns

    with pytest.raises(ValueError, match=r"length|happened"):
        compare(**given)
