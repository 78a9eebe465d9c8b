"""Which events there are, by name."""

from __future__ import annotations

from datetime import date

import ibis
from ibis import _

from arbiter.usage.expressions import events as log


def in_use(events: ibis.Table, *, until: date, days: int, most: int) -> ibis.Table:
    """Return the names of the events that were done in so many days, of anybody.

    Returns:
        `event`, `times`: the most frequent ones, at most so many; those without a name are left out.
    """
    since = log.first_day(until, days)
    done = events.filter(
        events.kind.isin(log.ACTIVITY), events.day >= since, events.day <= until, events.event != ""
    )
    counted = done.group_by("event").aggregate(times=_.count())
    return counted.order_by(_.times.desc(), _.event).limit(most)
