"""The value of buyers: orders to come, discounted, times what one brings."""

import numpy as np
import pytest
from lifetimes import BetaGeoFitter
from lifetimes.utils import _customer_lifetime_value
from pandas import Series

from arbiter.science.lifetime import bg_nbd, discounted_orders, gamma_gamma, of_days, order_values
from tests.science.lifetime import published

YEAR = {"weeks": 52, "discount_per_year": 0.1}


@pytest.fixture(scope="module")
def shop():
    """Three hundred of the record shop's customers, and both models of all."""
    rows = published.summary()
    histories, amounts = published.histories(), rows["zbar"].to_numpy()
    models = bg_nbd.fit(histories), gamma_gamma.fit(rows["x"], amounts)
    some = slice(0, 300)
    part = of_days(histories.repeats[some], histories.last_days[some], histories.age_days[some])
    return (*models, part, amounts[some])


def test_value_is_margin_times_orders_times_amount(shop):
    buying, spending, histories, amounts = shop

    found = order_values(*shop, **YEAR, margin=0.3)

    orders = discounted_orders(buying, histories, **YEAR)
    each = gamma_gamma.expected_amount(spending, histories.repeats, amounts)
    assert found.value == pytest.approx(0.3 * orders * each)
    assert found.total.value == pytest.approx(found.value.sum())
    assert found.total.n == 300


def test_the_ranges_hold_the_values_and_the_total_is_surer_than_its_parts(shop):
    found = order_values(*shop, **YEAR)

    assert np.all((found.low <= found.value) & (found.value <= found.high))
    assert found.low.sum() < found.total.low < found.total.value < found.total.high
    assert found.total.high < found.high.sum()
    assert found.horizon == "52 weeks ahead, discounted by 10.0 % a year"


def test_the_values_alone_come_without_ranges(shop):
    ranged, alone = order_values(*shop, **YEAR), order_values(*shop, **YEAR, draws=0)

    assert np.array_equal(alone.value, ranged.value)
    assert np.all(np.isnan(alone.low))
    assert alone.total.low is None


def test_the_discounted_year_is_that_of_lifetimes_which_discounts_at_the_end_of_each_month(shop):
    buying, _, histories, _ = shop
    theirs = BetaGeoFitter()
    theirs.params_ = dict(zip(("r", "alpha", "a", "b"), buying.parameters, strict=True))
    theirs.predict = theirs.conditional_expected_number_of_purchases_up_to_time
    repeats, last, age = (
        Series(one) for one in (histories.repeats, histories.last_days / 7, histories.age_days / 7)
    )
    weeks_a_month = 4.345

    value = _customer_lifetime_value(
        theirs, repeats, last, age, Series(np.ones(300)),
        time=12, discount_rate=1.1 ** (weeks_a_month / 52.18) - 1, freq="W",
    )  # fmt: skip

    ours = discounted_orders(buying, histories, weeks=12 * weeks_a_month, discount_per_year=0.1)
    half_a_month_earlier = 1.1 ** (weeks_a_month / 2 / 52.18)
    assert ours == pytest.approx(value.to_numpy() * half_a_month_earlier, rel=1e-4)


def test_chunks_join_without_a_seam(shop, monkeypatch):
    whole = order_values(*shop, **YEAR, draws=100)
    monkeypatch.setattr("arbiter.science.lifetime.order_value._CHUNK", 70)

    parts = order_values(*shop, **YEAR, draws=100)

    assert parts.low == pytest.approx(whole.low)
    assert parts.total.high == pytest.approx(whole.total.high)


@pytest.mark.parametrize("wrong", [{"margin": 1.5}, {"level": 0.0}, {"draws": 50}, {"weeks": -1}])
def test_values_of_what_cannot_be_are_refused(shop, wrong):
    with pytest.raises(ValueError, match=r"margin|level|least"):
        order_values(*shop, **(YEAR | wrong))


def test_a_mean_amount_is_needed_for_everybody(shop):
    buying, spending, histories, _ = shop

    with pytest.raises(ValueError, match="mean amount"):
        order_values(buying, spending, histories, [10.0], **YEAR)
