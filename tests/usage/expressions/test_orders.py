"""Orders as events: what a buyer's past comes to, and each order by itself."""

from datetime import date

import pytest

from arbiter.usage.expressions import orders
from tests.usage.expressions.tables import EVENTS, at, by_customer, event, rows

JUNE_30 = date(2026, 6, 30)


def order(day, amount, customer="harbour", **told):
    properties = None if amount is None else f'{{"total": {amount}}}'
    return event(day, customer=customer, name="Order", properties=properties, **told)


def summary(*events):
    asked = orders.summary(EVENTS, event="Order", amount_property="total", until=JUNE_30)
    return rows(asked, events=events)


def each(*events, **asked):
    return rows(orders.each(EVENTS, event="Order", amount_property="total", **asked), events=events)


def test_the_first_order_starts_the_clock_and_is_not_counted():
    found = summary(order("2026-06-01", 10), order("2026-06-11", 30), order("2026-06-21", 50))

    assert found == [
        {"customer_id": "harbour", "frequency": 2, "recency": 20, "age": 29, "value": 40.0}
    ]


def test_two_orders_of_a_day_are_one():
    found = summary(
        order("2026-06-01", 10), order("2026-06-11", 30), order("2026-06-11", 5, hour=15)
    )

    assert (found[0]["frequency"], found[0]["value"]) == (1, 35.0)


def test_who_ordered_once_has_no_value_of_a_repeat():
    assert summary(order("2026-06-01", 10))[0]["value"] == 0.0


def test_each_buyer_has_a_past_of_its_own():
    found = summary(order("2026-06-01", 10), order("2026-06-20", 10, customer="quay"))

    assert by_customer(found, "age") == {"harbour": 29, "quay": 10}


def test_every_order_is_told_with_what_it_came_to():
    late = at("2026-06-05")

    found = each(order("2026-06-01", 10.5, recorded=late), event("2026-06-02"))

    assert found == [
        {"customer_id": "harbour", "at": at("2026-06-01"), "recorded_at": late, "amount": 10.5}
    ]


@pytest.mark.parametrize("amount", [None, '"much"', "true", '{"sum": 3}'])
def test_an_order_without_a_number_is_left_out(amount):
    assert each(order("2026-06-01", amount)) == []


def test_an_amount_sent_as_text_is_a_number_too():
    assert each(order("2026-06-01", '"10.50"'))[0]["amount"] == 10.5


def test_orders_after_a_day_are_left_out_where_asked():
    found = each(order("2026-06-01", 1), order("2026-07-01", 2), until=JUNE_30)

    assert [row["amount"] for row in found] == [1.0]
