"""The value of contracts against its closed form, by hand, and by properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import hyp2f1

from arbiter.science.lifetime import (
    contract_values,
    discount_per_period,
    from_survivors,
    log_survival,
    residual_renewals,
    retention_curve,
)
from tests.science.lifetime.published import HIGH_END

SIZES = st.floats(0.2, 20)


@pytest.fixture(scope="module")
def curve():
    return retention_curve(from_survivors(HIGH_END[:5]))


@given(SIZES, SIZES, st.integers(1, 30), st.floats(0.03, 0.3))
def test_without_a_horizon_it_is_the_published_closed_form(alpha, beta, payments, discount):
    """Fader and Hardie (2010), eq. 6, for one about to renew for the n-th time."""
    n = payments
    closed = (
        (beta + n - 1) / (alpha + beta + n - 1)
        * hyp2f1(1, beta + n, alpha + beta + n, 1 / (1 + discount))
    )  # fmt: skip

    found = residual_renewals(n, alpha=alpha, beta=beta, discount=discount, horizon_periods=None)

    assert found.item() == pytest.approx(closed, rel=1e-7)


def test_three_renewals_ahead_by_hand():
    left = np.exp(log_survival([1, 2, 3, 4], alpha=2.0, beta=8.0, c=1.2))
    by_hand = (left[1] + left[2] / 1.1 + left[3] / 1.21) / left[0]

    found = residual_renewals(2, alpha=2.0, beta=8.0, c=1.2, discount=0.1, horizon_periods=3)

    assert found.item() == pytest.approx(by_hand)


def test_a_customer_to_be_is_worth_its_first_payment_and_those_of_a_new_one():
    shape = {"alpha": 2.0, "beta": 8.0, "discount": 0.1}

    new = residual_renewals(1, **shape, horizon_periods=4)
    to_be = residual_renewals(0, **shape, horizon_periods=5)

    assert to_be == pytest.approx(1 + new / 1.1)


@given(SIZES, SIZES, st.integers(1, 20), st.integers(0, 12))
def test_renewals_to_come_are_never_more_than_the_horizon_and_rise_with_loyalty(
    alpha, beta, payments, horizon
):
    shape = {"alpha": alpha, "beta": beta, "discount": 0.08, "horizon_periods": horizon}

    now, later = residual_renewals(payments, **shape), residual_renewals(payments + 3, **shape)

    assert 0 <= now.item() <= later.item() + 1e-9 <= horizon + 1e-8


def test_values_are_margins_times_renewals_and_their_total_adds_up(curve):
    found = contract_values(
        curve, [1, 4, 4], [1_000.0, 1_000.0, 500.0], discount=0.1, horizon_periods=5
    )

    assert found.value[1] == pytest.approx(2 * found.value[2])
    assert found.value[1] > found.value[0]
    assert np.all((found.low < found.value) & (found.value < found.high))
    assert found.total.value == pytest.approx(found.value.sum())
    assert found.total.n == 3
    assert found.low.sum() <= found.total.low < found.total.high <= found.high.sum()


def test_the_wait_until_the_renewal_is_discounted_too(curve):
    given = {"discount": 0.1, "horizon_periods": 5}

    now = contract_values(curve, [2], [1_000.0], **given)
    in_half_a_year = contract_values(curve, [2], [1_000.0], until_renewal=[0.5], **given)

    assert in_half_a_year.value == pytest.approx(now.value / 1.1**0.5)


def test_few_renewals_leave_a_wide_range():
    few, many = (
        contract_values(
            retention_curve(from_survivors(survivors)), [2], [1.0], discount=0.1, horizon_periods=5
        )
        for survivors in ([40, 34], [4_000, 3_400, 3_000, 2_700, 2_480, 2_310])
    )

    assert few.high[0] - few.low[0] > 5 * (many.high[0] - many.low[0])


def test_the_same_question_gets_the_same_answer(curve):
    given = {"discount": 0.1, "horizon_periods": 5}

    assert np.array_equal(
        contract_values(curve, [1, 2], 9.0, **given).low,
        contract_values(curve, [1, 2], 9.0, **given).low,
    )


def test_a_yearly_discount_is_that_of_its_periods():
    monthly = discount_per_period(per_year=0.1, periods_per_year=12)

    assert (1 + monthly) ** 12 == pytest.approx(1.1)
    assert discount_per_period(per_year=0.1, periods_per_year=1 / 3) == pytest.approx(0.331)


@pytest.mark.parametrize(
    "wrong",
    [
        {"payments": [-1]},
        {"payments": [1.5]},
        {"payments": []},
        {"payments": [[1]]},
        {"margins": -1.0},
        {"until_renewal": 1.5},
        {"level": 1.0},
        {"draws": 10},
        {"discount": -1.0},
        {"horizon_periods": -1},
    ],
)
def test_values_of_what_cannot_be_are_refused(curve, wrong):
    given = {"payments": [1], "margins": 1.0, "discount": 0.1, "horizon_periods": 5} | wrong

    with pytest.raises(ValueError, match=r"least|between|above|between 0"):
        contract_values(curve, given.pop("payments"), given.pop("margins"), **given)


def test_without_horizon_and_discount_there_is_no_value():
    with pytest.raises(ValueError, match="no end"):
        residual_renewals(1, alpha=1, beta=1, discount=0.0, horizon_periods=None)


@pytest.mark.parametrize(("per_year", "periods"), [(-1.0, 12), (0.1, 0)])
def test_a_discount_that_makes_no_sense_is_refused(per_year, periods):
    with pytest.raises(ValueError, match="discount"):
        discount_per_period(per_year=per_year, periods_per_year=periods)
