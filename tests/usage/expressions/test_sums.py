"""Sums of a property, and orders."""

from datetime import date

import pytest

from arbiter.science.lifetime import from_orders
from arbiter.usage.expressions import orders, sums
from tests.usage.expressions.tables import EVENTS, event, rows

WINDOW = {"since": date(2026, 4, 1), "until": date(2026, 6, 28)}


def order(day, amount, customer="harbour", hour=9):
    properties = None if amount is None else f'{{"amount": {amount}, "odd/na~me": 1}}'
    return event(day, name="Order", customer=customer, hour=hour, properties=properties)


LOG = [
    order("2026-03-31", 1000),
    order("2026-04-01", 10),
    order("2026-04-30", "2.5e1"),
    order("2026-04-30", '"0.50"', hour=10),
    order("2026-06-28", -3),
    order("2026-06-28", '"a lot"', hour=11),
    order("2026-06-28", "true", hour=12),
    order("2026-06-28", '{"euros": 5}', hour=13),
    order("2026-06-28", '"1e999"', hour=14),
    order("2026-06-28", None, hour=15),
    order("2026-06-29", 1000),
    event("2026-06-28", name="Offer", properties='{"amount": 7}'),
]


def values(how, per="month", name="amount"):
    expr = sums.per_period(EVENTS, event="Order", property=name, how=how, per=per, **WINDOW)
    return {str(row["period"]): row["value"] for row in rows(expr, events=LOG)}


@pytest.mark.parametrize(("how", "months"), [
    ("sum", {"2026-04-01": 35.5, "2026-06-01": -3}),
    ("count", {"2026-04-01": 3, "2026-06-01": 1}),
    ("max", {"2026-04-01": 25, "2026-06-01": -3}),
])  # fmt: skip
def test_only_values_that_are_numbers_count(how, months):
    assert values(how) == months


def test_a_property_may_have_an_odd_name():
    assert values("sum", name="odd/na~me") == {"2026-04-01": 3, "2026-06-01": 5}


def test_weeks_are_those_of_the_calendar():
    assert values("max", per="week") == {"2026-03-30": 10, "2026-04-27": 25, "2026-06-22": -3}


@pytest.mark.parametrize("name", ["", "*", "it's", 'a "b"', "a[0]", "a\\b"])
def test_a_name_that_engines_would_read_differently_is_refused(name):
    with pytest.raises(ValueError, match="cannot be asked for"):
        values("sum", name=name)


def buyers(log):
    expr = orders.summary(EVENTS, event="Order", amount_property="amount", until=WINDOW["until"])
    return rows(expr, events=log)


def test_orders_are_what_the_lifetime_value_takes():
    log = [
        order("2026-04-01", 10), order("2026-04-11", 20), order("2026-04-11", 5, hour=10),
        order("2026-05-01", 35), order("2026-06-29", 99), order("2026-06-18", 9, customer="quay"),
    ]  # fmt: skip
    days = [date(2026, 4, 1), date(2026, 4, 11), date(2026, 4, 11), date(2026, 5, 1)]
    ours = from_orders(
        ["harbour"] * 4 + ["quay"],
        [day.toordinal() for day in [*days, date(2026, 6, 18)]],
        [10, 20, 5, 35, 9],
        until=WINDOW["until"].toordinal(),
    )

    found = buyers(log)

    assert [row["customer_id"] for row in found] == ours.customers.tolist()
    assert [row["frequency"] for row in found] == ours.histories.repeats.tolist() == [2, 0]
    assert [row["recency"] for row in found] == ours.histories.last_days.tolist() == [30, 0]
    assert [row["age"] for row in found] == ours.histories.age_days.tolist() == [88, 10]
    assert [row["value"] for row in found] == ours.mean_amounts.tolist() == [30, 0]


def test_an_order_without_an_amount_is_an_order_but_not_in_the_mean():
    log = [order("2026-04-01", 10), order("2026-04-11", None), order("2026-05-01", 35)]

    (found,) = buyers(log)

    assert (found["frequency"], found["value"]) == (2, 35)
