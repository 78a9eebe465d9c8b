"""GRR and NRR by hand, and what must hold of any book of customers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from arbiter.science.interval import wilson
from arbiter.science.retention import (
    effective_n,
    gross_revenue_retention,
    net_revenue_retention,
    revenue_movement,
)

CENTS = st.integers(0, 10**9)
BOOKS = st.lists(st.tuples(CENTS, CENTS), min_size=1, max_size=60).filter(
    lambda book: any(start for start, _ in book)
)


def split(book):
    return (np.array(each, dtype=float) for each in zip(*book, strict=True))


def test_growth_of_one_never_offsets_the_loss_of_another():
    start, end = [100, 100], [0, 300]

    assert gross_revenue_retention(start, end).value == 0.5
    assert net_revenue_retention(start, end).value == 1.5


def test_new_customers_never_count():
    start, end = [100, 60, 40], [150, 40, 0]

    for measure in (gross_revenue_retention, net_revenue_retention, revenue_movement):
        assert measure([*start, 0, 0], [*end, 500, 0]) == measure(start, end)


@given(BOOKS)
def test_gross_is_at_most_one_and_at_most_net(book):
    start, end = split(book)

    gross, net = gross_revenue_retention(start, end), net_revenue_retention(start, end)

    assert 0 <= gross.low <= gross.value <= gross.high <= 1
    assert gross.value <= net.value + 1e-12
    assert 1 <= gross.effective_n <= gross.n + 1e-9


@given(BOOKS)
def test_the_way_adds_up_exactly_and_leads_to_both_measures(book):
    start, end = split(book)

    way = revenue_movement(start, end)

    assert (
        way.start - way.churn - way.contraction + way.expansion == way.end == end[start > 0].sum()
    )
    assert gross_revenue_retention(start, end).value == pytest.approx(
        (way.start - way.churn - way.contraction) / way.start
    )
    assert net_revenue_retention(start, end).value == pytest.approx(way.end / way.start)
    assert way.churned + way.contracted + way.expanded <= way.customers == sum(start > 0)


@given(BOOKS, st.randoms())
def test_order_never_matters(book, dice):
    shuffled = dice.sample(book, len(book))

    for measure in (gross_revenue_retention, net_revenue_retention):
        one, other = measure(*split(book)), measure(*split(shuffled))
        assert (one.value, one.effective_n) == pytest.approx((other.value, other.effective_n))
    assert revenue_movement(*split(book)) == revenue_movement(*split(shuffled))


@given(BOOKS, st.integers(2, 1000))
def test_the_currency_does_not_matter(book, rate):
    start, end = split(book)

    one, other = (
        gross_revenue_retention(start, end),
        gross_revenue_retention(rate * start, rate * end),
    )

    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


def test_equal_customers_lost_or_kept_are_a_plain_proportion():
    grr = gross_revenue_retention([50] * 20, [0] + [50] * 19)

    assert grr.effective_n == pytest.approx(20)
    assert (grr.low, grr.high) == pytest.approx(wilson(19, 20))
    assert grr.note == ""


def test_losing_the_large_ones_widens_the_gross_interval():
    start = np.array([100, 80, 60] + [10] * 27)
    large, small = start.astype(float), start.astype(float)
    large[0] = 0
    small[3:13] = 0

    lost_large, lost_small = (gross_revenue_retention(start, end) for end in (large, small))

    assert lost_large.value == pytest.approx(lost_small.value)
    assert lost_large.effective_n < effective_n(start)
    assert lost_small.effective_n == pytest.approx(effective_n(start))
    assert lost_large.high - lost_large.low > lost_small.high - lost_small.low
    assert lost_small.note == "Your 30 customers behave like 11 of equal size."


def test_the_net_interval_is_right_by_hand():
    start, end = np.array([100.0, 100, 60, 40]), np.array([150.0, 100, 40, 0])
    nrr = net_revenue_retention(start, end, level=0.9)
    ratio, w = end / start, start / 300
    value, alike = 290 / 300, 300**2 / 25_200
    spread = max(w @ (ratio - value) ** 2, ratio.var(ddof=1))
    reach = t.ppf(0.95, alike - 1) * np.sqrt(max(spread / alike, w**2 @ (ratio - value) ** 2))

    assert (nrr.value, nrr.effective_n) == pytest.approx((value, alike))
    assert (nrr.low, nrr.high) == pytest.approx((max(0, value - reach), value + reach))


def test_without_spread_or_with_one_that_decides_the_net_interval_is_left_out():
    steady = net_revenue_retention([10, 20, 30], [11, 22, 33])
    giant = net_revenue_retention([1000, 10, 10], [1000, 0, 12])

    assert (steady.value, steady.low, steady.high) == (pytest.approx(1.1), None, None)
    assert steady.note.startswith("Nobody changed")
    assert (giant.low, giant.high) == (None, None)
    assert giant.note.startswith("One customer outweighs")


def test_nobody_at_the_start_has_nothing_to_keep():
    for measure in (gross_revenue_retention, net_revenue_retention):
        assert not measure([0, 0], [10, 20]).is_known
        assert not measure([], []).is_known


@pytest.mark.parametrize(("start", "end"), [([1], [1, 2]), ([-1], [0]), ([1], [float("nan")])])
def test_amounts_that_make_no_sense_are_refused(start, end):
    for measure in (gross_revenue_retention, net_revenue_retention, revenue_movement):
        with pytest.raises(ValueError, match="amount"):
            measure(start, end)


def test_the_effective_number_runs_from_one_to_all():
    assert effective_n([7, 7, 7, 7]) == pytest.approx(4)
    assert effective_n([10**9, 1, 1]) == pytest.approx(1)
    with pytest.raises(ValueError, match="Somebody must pay"):
        effective_n([0, 0])
