"""People who are new, who came back, and who went quiet."""

from __future__ import annotations

from datetime import date

import ibis
from ibis import _

from arbiter.usage.expressions import events as log
from arbiter.usage.expressions.activity import WINDOW

STATES = ("new", "returning", "dormant")


def states(events: ibis.Table, *, until: date, days: int = WINDOW) -> ibis.Table:
    """Return the state of every person ever seen: new, returning or dormant.

    New: seen in these days for the first time. Returning: seen in these days, and before. Dormant: seen before,
    not in these days.

    Returns:
        `customer_id`, `user_id`, `state`.
    """
    since = log.first_day(until, days)
    each = _lives(events, until)
    state = ibis.cases(
        (each.first_day >= since, "new"), (each.last_day >= since, "returning"), else_="dormant"
    )
    return each.select("customer_id", "user_id", state=state)


def counts(events: ibis.Table, *, until: date, days: int = WINDOW) -> ibis.Table:
    """Return how many people of each customer are new, returning and dormant.

    Returns:
        `customer_id`, `new`, `returning`, `dormant`.
    """
    since = log.first_day(until, days)
    return (
        _lives(events, until)
        .group_by("customer_id")
        .aggregate(
            new=_.count(where=_.first_day >= since),
            returning=_.count(where=(_.first_day < since) & (_.last_day >= since)),
            dormant=_.count(where=_.last_day < since),
        )
    )


def _lives(events: ibis.Table, until: date) -> ibis.Table:
    """The first and the last day on which each person was seen."""
    done = log.done(events, until=until)
    return (
        done.filter(done.user_id.notnull())
        .group_by("customer_id", "user_id")
        .aggregate(first_day=_.day.min(), last_day=_.day.max())
    )
