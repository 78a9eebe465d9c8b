"""Sums, counts and largest values of a property, by period: what the events say about a measure of a goal."""

from __future__ import annotations

from datetime import date
from typing import Literal

import ibis
from ibis import _

from arbiter.usage.expressions import events as log
from arbiter.usage.expressions import periods
from arbiter.usage.expressions.properties import number
from arbiter.usage.expressions.rules import Period

How = Literal["sum", "count", "max"]


def per_period(
    events: ibis.Table,
    *,
    event: str,
    property: str,  # noqa: A002  # the word of every client that sends one
    how: How = "sum",
    per: Period,
    since: date,
    until: date,
) -> ibis.Table:
    """Return the sum, the number or the largest of a property's values in each day, ISO week or month.

    Only values that are numbers count, also as text ("12.50"); an event without one is not in it.

    Returns:
        `customer_id`, `period` (its first day), `value`; no row for a period without values.

    Raises:
        ValueError: the property's name cannot be asked for (see `properties.number`).
    """
    done = log.done(events, since=since, until=until, names=[event])
    values = done.select(
        "customer_id",
        period=periods.start(done.day, per),
        number=number(done.properties, property),
    )
    value = {"sum": _.number.sum(), "count": _.number.count(), "max": _.number.max()}[how]
    # Left out afterwards: to leave out each event first, its property would be read twice.
    found = values.group_by("customer_id", "period").aggregate(
        value=value.cast("float64"), numbers=_.number.count()
    )
    return found.filter(found.numbers > 0).drop("numbers")
