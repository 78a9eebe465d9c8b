"""Orders as events: what a buyer's past tells, ready for the lifetime value."""

from __future__ import annotations

from datetime import date

import ibis
from ibis import _

from arbiter.usage.expressions import events as log
from arbiter.usage.expressions.properties import number


def summary(events: ibis.Table, *, event: str, amount_property: str, until: date) -> ibis.Table:
    """Return each buyer's history in four numbers, as `arbiter.science.lifetime.Histories` takes them.

    Orders of one day are one order. The first one starts the clock and is not counted.

    Returns:
        `customer_id`; `frequency`: days with an order after the first; `recency`: days from the first to the last
        order; `age`: days from the first order to `until`; `value`: mean amount of the days after the first,
        0 where there is none. An order without an amount that is a number counts as an order, not in the mean.

    Raises:
        ValueError: the property's name cannot be asked for (see `properties.number`).
    """
    done = log.done(events, until=until, names=[event])
    ordered = done.select("customer_id", "day", amount=number(done.properties, amount_property))
    daily = ordered.group_by("customer_id", "day").aggregate(amount=_.amount.sum())
    began = daily.group_by("customer_id").aggregate(began=_.day.min())
    each = (
        daily.inner_join(began, "customer_id")
        .group_by("customer_id")
        .aggregate(
            days=_.count(),
            began=_.day.min(),
            ended=_.day.max(),
            value=_.amount.mean(where=_.day > _.began),
        )
    )
    return each.select(
        "customer_id",
        frequency=_.days - 1,
        recency=_.ended.delta(_.began, unit="day"),
        age=ibis.date(until).delta(each.began, unit="day"),
        value=ibis.coalesce(_.value, 0.0),
    )


def each(
    events: ibis.Table, *, event: str, amount_property: str, until: date | None = None
) -> ibis.Table:
    """Return every order with its amount: who ordered, when, when it became known, for how much.

    Returns:
        `customer_id`, `at`, `recorded_at`, `amount`. An order whose amount is no number is left out.

    Raises:
        ValueError: the property's name cannot be asked for (see `properties.number`).
    """
    done = log.done(events, until=until, names=[event])
    ordered = done.select(
        "customer_id", "at", "recorded_at", amount=number(done.properties, amount_property)
    )
    return ordered.filter(ordered.amount.notnull())
