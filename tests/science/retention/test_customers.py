"""Customers kept and lost, and contracts renewed, by hand and beside a library."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from arbiter.science.interval import wilson
from arbiter.science.retention import (
    annual_from_monthly,
    annualised,
    customer_retention,
    logo_churn,
    renewal_rate,
    renewal_rate_by_amount,
)

FLAGS = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=80)


def test_one_of_twenty_lost_is_five_percent_and_plausibly_one_to_twenty_four():
    churn = logo_churn([True] * 20, [True] + [False] * 19)

    assert churn.value == 0.05
    assert (churn.low, churn.high) == pytest.approx((0.0089, 0.2361), abs=5e-5)


def test_a_newcomer_who_leaves_belongs_to_another_cohort():
    without = customer_retention([True] * 20, [True] + [False] * 19)

    assert (
        customer_retention([True] * 20 + [False] * 9, [True] + [False] * 19 + [True] * 9) == without
    )


@given(FLAGS)
def test_kept_and_lost_make_the_whole_and_order_does_not_matter(flags):
    start, lost = (
        (np.array(each, dtype=bool) for each in zip(*flags, strict=True)) if flags else ([], [])
    )

    kept, gone = customer_retention(start, lost), logo_churn(start, lost)

    assert kept.n == gone.n == sum(start)
    assert kept == customer_retention(start[::-1], lost[::-1])
    if kept.n:
        assert kept.value + gone.value == pytest.approx(1)
        assert kept.low == pytest.approx(1 - gone.high)
    else:
        assert not kept.is_known


def test_retention_agrees_with_statsmodels():
    kept = customer_retention([1] * 143, [1] * 17 + [0] * 126)

    assert (kept.low, kept.high) == pytest.approx(proportion_confint(126, 143, method="wilson"))


def test_three_percent_a_month_is_thirty_and_a_half_a_year_not_thirty_six():
    assert annual_from_monthly(0.03) == pytest.approx(0.3062, abs=5e-5)


@given(st.floats(0, 0.5), st.sampled_from([1, 3, 6, 12, 24]))
def test_a_year_compounds_its_parts(share, months):
    year = annual_from_monthly(share, months=months)

    assert 0 <= year <= 1
    assert (1 - year) ** (months / 12) == pytest.approx(1 - share)


def test_a_yearly_churn_takes_its_ends_along():
    month = logo_churn([True] * 100, [True] * 3 + [False] * 97)

    year = annualised(month)

    assert year.value == annual_from_monthly(month.value)
    assert (year.low, year.high) == (
        annual_from_monthly(month.low),
        annual_from_monthly(month.high),
    )
    assert not annualised(logo_churn([], [])).is_known


@pytest.mark.parametrize(("share", "months"), [(-0.1, 1), (1.1, 1), (0.1, 0)])
def test_a_year_of_nonsense_is_refused(share, months):
    with pytest.raises(ValueError, match=r"churn rate|length"):
        annual_from_monthly(share, months=months)


def test_who_could_not_leave_is_not_in_the_renewal_rate():
    rate = renewal_rate([True, True, False, True, True], due=[True, True, True, False, False])

    assert (rate.value, rate.n) == (pytest.approx(2 / 3), 3)
    assert not renewal_rate([True], due=[False]).is_known


def test_ten_contracts_of_one_customer_are_not_ten_observations():
    renewed, due = [True] * 10 + [False, True, True], [True] * 13
    whose = ["harbour"] * 10 + ["mill", "quay", "pier"]

    alone, together = renewal_rate(renewed, due), renewal_rate(renewed, due, customers=whose)

    assert together.value == pytest.approx(alone.value)
    assert together.n == 4
    assert together.effective_n == pytest.approx(13**2 / (100 + 3))
    assert together.high - together.low > alone.high - alone.low


def test_with_one_contract_each_customers_change_nothing():
    renewed = [True] * 17 + [False] * 4

    alone = renewal_rate(renewed, [True] * 21)
    named = renewal_rate(renewed, [True] * 21, customers=range(21))

    assert (named.value, named.low, named.high) == pytest.approx(
        (alone.value, alone.low, alone.high)
    )
    assert named.note == ""


def test_the_renewal_rate_by_amount_is_right_by_hand():
    rate = renewal_rate_by_amount([100, 80, 0, 150], due=[100, 100, 50, 100])
    alike = 350**2 / 32_500

    assert rate.value == pytest.approx(280 / 350)
    assert rate.effective_n == pytest.approx(alike)
    assert (rate.low, rate.high) == pytest.approx(wilson(0.8 * alike, alike))


def test_contracts_of_one_customer_count_together_by_amount():
    rate = renewal_rate_by_amount([60, 0, 50], due=[60, 40, 50], customers=["mill", "mill", "quay"])

    assert rate.value == pytest.approx(110 / 150)
    assert rate.n == 2
    assert not renewal_rate_by_amount([5], due=[0]).is_known


@pytest.mark.parametrize(
    ("call", "first", "second"),
    [
        (customer_retention, [True], [True, False]),
        (logo_churn, [2], [0]),
        (renewal_rate, [True], [float("nan")]),
        (renewal_rate_by_amount, [1, 2], [1]),
        (renewal_rate_by_amount, [-1], [1]),
        (renewal_rate_by_amount, [1], [float("inf")]),
    ],
)
def test_what_does_not_fit_together_is_refused(call, first, second):
    with pytest.raises(ValueError, match=r"told for each|true or false|at least 0"):
        call(first, second)


def test_each_contract_needs_its_customer():
    with pytest.raises(ValueError, match="Whose contract"):
        renewal_rate([True, True], [True, True], customers=["mill"])
