"""What the numbers of usage were at the end of each month of the past, by what was known by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import ibis
from ibis import _

from arbiter.usage.expressions import events as log
from arbiter.usage.expressions.activity import WINDOW


def month_ends(events: ibis.Table, *, ends: Sequence[date]) -> ibis.Table:
    """Return who was active in the four weeks up to the end of each of some months, in one pass.

    Only what was recorded by the end of a month counts for it. No two such windows overlap, for no month is
    shorter than one: an event counts for one month at most.

    Args:
        events: of schema `events.KNOWN`.
        ends: the last days of months that follow each other, the earliest first.

    Returns:
        `customer_id`, `until` (the last day of the month), `users`, `events`, `known_from` (when the first of the
        month's events had happened and was recorded); no row for a month without events. What happened
        before the first of these months is with it, and counts for none.

    Raises:
        ValueError: there is no month.
    """
    if not ends:
        raise ValueError("There is at least one month to look back to.")
    done = log.done(events, until=ends[-1])
    counts = ibis.cases(*((done.day <= end, _in_window(done, end)) for end in ends), else_=False)
    month = ibis.cases(*((done.day <= end, ibis.date(end)) for end in ends))
    return (
        done.mutate(until=month, counts=counts, known=ibis.greatest(done.at, done.recorded_at))
        # Not counted under a condition: that is an estimate on some engines.
        .mutate(active=_.counts.ifelse(_.user_id, None))
        .group_by("customer_id", "until")
        .aggregate(
            users=_.active.nunique(),
            events=_.count(where=_.counts),
            known_from=_.known.min(),
        )
    )


def _in_window(done: ibis.Table, end: date) -> ibis.expr.types.BooleanValue:
    known_by_then = done.recorded_at <= datetime.combine(end, time.max, UTC)
    return (done.day >= log.first_day(end, WINDOW)) & known_by_then
