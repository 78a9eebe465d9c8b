"""What customers are still worth, or why that cannot be told."""

import json
from datetime import date, timedelta

import numpy as np
import pytest

from arbiter.accounts.models import Signal
from arbiter.metrics.models import Preset
from arbiter.metrics.queries import lifetimes
from arbiter.metrics.rules import end_of
from arbiter.science.lifetime import contract_values, from_contracts, retention_curve
from tests.metrics.company import JUNE, customer, measure, names, noon, picture, term
from tests.metrics.test_times import years
from tests.usage.logged import did, done

pytestmark = pytest.mark.django_db


def book():
    """Thirty contracts of some years, a third of which went at their first renewal."""
    for number in range(10):
        years(customer(f"Gone {number}"), 2024, "churned")
    for number in range(20):
        years(customer(f"Here {number}"), 2024, "renewed", "renewed", "", arr=1000 + number)


def test_thin_data_are_refused_with_a_sentence():
    years(customer("Alone"), 2024, "renewed", "renewed", "")

    worth, found = lifetimes.at(end_of(JUNE)), measure("lifetime_value")

    assert worth.rows == ()
    assert worth.as_json()["refusal"].startswith("Not enough churn to estimate")
    assert found.estimate.value is None
    assert found.estimate.note == worth.as_json()["refusal"]


def test_nothing_at_all_is_refused_too():
    assert lifetimes.at(end_of(JUNE)).found.refusal == "No contract with a known value runs."


def test_each_running_contract_has_its_value_the_greatest_first():
    book()

    worth = lifetimes.at(end_of(JUNE))

    assert len(worth.rows) == 20
    assert worth.rows[0].customer_id == "here 19"
    assert all(row.low < row.value < row.high and row.alive == 1 for row in worth.rows)
    assert worth.found.total.value == pytest.approx(sum(row.value for row in worth.rows))
    assert worth.found.horizon == "60 months ahead, discounted by 10 % a year"


def test_the_values_are_those_of_science():
    book()

    worth = lifetimes.at(end_of(JUNE))

    curve = retention_curve(from_contracts([0] * 10 + [2] * 20, [True] * 10 + [False] * 20))
    wait = (date(2026, 12, 31) - JUNE).days / 365
    told = contract_values(
        curve, [3], 1019.0, discount=0.1, horizon_periods=5, until_renewal=[wait]
    )
    assert worth.rows[0].value == pytest.approx(told.value[0])
    assert worth.rows[0].low == pytest.approx(told.low[0])


def test_what_is_promised_is_certain_and_what_follows_is_not():
    book()
    promised = customer("Promised")
    years(promised, 2024, "renewed", "renewed", arr=1000)
    term(
        promised,
        date(2026, 1, 1),
        date(2026, 12, 31),
        arr=1000,
        decision="expanded",
        new_arr=2000,
        decided_on=date(2026, 6, 1),
    )

    worth = {row.customer_id: row for row in lifetimes.at(end_of(JUNE)).rows}

    wait = (date(2026, 12, 31) - JUNE).days / 365
    assert worth["promised"].low > 2000 * 1.1**-wait
    assert worth["promised"].value > worth["here 0"].value * 1.8


def test_contracts_of_several_years_look_as_far_ahead_in_fewer_renewals():
    book()
    long = customer("Long")
    term(long, date(2020, 1, 1), date(2022, 12, 31), arr=1000, decision="renewed")
    term(long, date(2023, 1, 1), date(2025, 12, 31), arr=1000, decision="renewed")
    term(long, date(2026, 1, 1), date(2028, 12, 31), arr=1000)

    worth = {row.customer_id: row for row in lifetimes.at(end_of(JUNE)).rows}

    # One renewal within five years, of three years' money.
    assert 0 < worth["long"].value < 3000


def test_money_without_a_rate_is_left_out_and_told():
    book()
    years(customer("Abroad"), 2024, "renewed", "renewed", "", currency="USD", arr=500)

    told = lifetimes.at(end_of(JUNE)).as_json()

    assert told["total"]["n"] == 20
    assert told["left_out"] == [{"currency": "USD", "contracts": 1, "amount": 500.0}]


def test_the_measure_tells_method_horizon_and_names():
    book()
    seen = picture()

    found = measure("lifetime_value", seen=seen)

    told = found.details["lifetime"]
    assert told["customers"] == 20
    assert told["per_customer"] == pytest.approx(found.estimate.value / 20)
    assert told["curve"]["lost"] == 10
    assert names(found, "valued", seen)[0] == "Here 19"


def shop():
    """Eighty buyers over two years, some of whom order again and again."""
    Preset.objects.create(business_model="orders", at=noon(date(2024, 1, 1)))
    dice, orders = np.random.default_rng(7), []
    for number in range(80):
        buyer = customer(f"Buyer {number}")
        day, left = date(2024, 7, 1) + timedelta(days=int(dice.integers(0, 300))), number % 3
        while day < JUNE:
            amount = float(dice.gamma(6, 5) + 5)
            orders.append(order(buyer, day, amount))
            if dice.random() < (0.5, 0.25, 0.1)[left]:
                break
            day += timedelta(days=int(dice.exponential(40)) + 1)
    Signal.objects.bulk_create(orders)


def order(buyer, day, amount, *, recorded_on=None):
    return Signal(
        customer=buyer,
        name="order",
        at=noon(day),
        recorded_at=noon(recorded_on or day),
        value=amount,
    )


def test_buyers_are_valued_by_their_orders_and_nobody_is_counted_as_lost():
    shop()

    worth = lifetimes.at(end_of(JUNE))

    assert len(worth.rows) == 80
    assert all(0 < row.alive <= 1 and row.contract_id is None for row in worth.rows)
    assert worth.found.method.startswith("BG/NBD")
    active = measure("still_active")
    assert active.estimate.value == pytest.approx(np.mean([row.alive for row in worth.rows]))


def test_orders_recorded_later_are_not_known_before():
    shop()
    before = [row.value for row in lifetimes.at(end_of(date(2026, 5, 31))).rows]
    buyer = Signal.objects.first().customer
    order(buyer, date(2026, 5, 1), 999, recorded_on=date(2026, 6, 15)).save()

    assert [row.value for row in lifetimes.at(end_of(date(2026, 5, 31))).rows] == before


def test_a_shop_without_orders_is_told_how_to_bring_them():
    Preset.objects.create(business_model="orders", at=noon(date(2024, 1, 1)))
    customer("Buyer")

    assert "signals named “order”" in lifetimes.at(end_of(JUNE)).found.refusal
    assert measure("still_active").estimate.value is None


def test_too_few_orders_are_refused():
    Preset.objects.create(business_model="orders", at=noon(date(2024, 1, 1)))
    order(customer("Buyer"), date(2026, 6, 1), 9).save()

    assert lifetimes.at(end_of(JUNE)).found.refusal


def test_the_repeat_purchase_rate_counts_days_and_not_baskets():
    Preset.objects.create(business_model="orders", at=noon(date(2024, 1, 1)))
    once, split, again = (customer(name) for name in ("Once", "Split", "Again"))
    for buyer, on in ((once, 1), (split, 1), (split, 1), (again, 1), (again, 9)):
        bought = order(buyer, date(2026, 5, on), 20)
        bought.at += timedelta(minutes=Signal.objects.count())
        bought.save()

    found = measure("repeat_purchase_rate")

    assert (found.count, found.estimate.n) == (1, 3)
    assert set(names(found, "bought_once", picture())) == {"Once", "Split"}
    assert found.estimate.low == pytest.approx(0.0615, abs=5e-4)  # Wilson's interval of 1 of 3


def test_orders_that_came_as_usage_events_are_worth_the_same(world):
    shop()
    on_file = [(row.customer_id, row.value) for row in lifetimes.at(end_of(JUNE)).rows]
    rows = Signal.objects.filter(name="order").select_related("customer")
    did(
        *(
            done(
                "Checkout",
                at=row.at,
                arrived=row.recorded_at,
                customer=row.customer.key,
                properties=json.dumps({"sum": row.value}),
            )
            for row in rows
        )
    )
    rows.delete()
    Preset.objects.update(order_event="Checkout", order_amount="sum")

    found = [(row.customer_id, row.value) for row in lifetimes.at(end_of(JUNE)).rows]

    assert found == on_file


def test_an_order_of_a_customer_who_is_not_on_file_is_left_out():
    Preset.objects.create(business_model="orders", at=noon(date(2024, 1, 1)))
    customer("Buyer")
    did(
        done(
            "Order Completed",
            at=noon(date(2026, 6, 1)),
            customer="stranger",
            properties='{"total": 1}',
        )
    )

    assert measure("repeat_purchase_rate").estimate.n == 0
