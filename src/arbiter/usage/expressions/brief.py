"""What the row of a customer is made of: who was there lately, since when, week by week, and with which features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import ibis
from ibis import _

from arbiter.usage.expressions import events as log
from arbiter.usage.expressions import periods
from arbiter.usage.expressions.activity import WINDOW
from arbiter.usage.expressions.rules import Period


def lately(events: ibis.Table, *, until: date) -> ibis.Table:
    """Return who was active in a day, in seven days and in four weeks, in one pass.

    Returns:
        `customer_id`, `users_1d`, `users_7d`, `users_28d`, `events_28d`; no row without events in four weeks.
    """
    done = log.done(events, until=until, days=WINDOW)
    return done.group_by("customer_id").aggregate(
        users_1d=_.user_id.nunique(where=_.day >= log.first_day(until, 1)),
        users_7d=_.user_id.nunique(where=_.day >= log.first_day(until, 7)),
        users_28d=_.user_id.nunique(),
        events_28d=_.count(),
    )


def spans(events: ibis.Table, *, until: date) -> ibis.Table:
    """Return from when to when anything was done.

    Returns:
        `customer_id`, `first_at`, `last_at`.
    """
    done = log.done(events, until=until)
    return done.group_by("customer_id").aggregate(first_at=_.at.min(), last_at=_.at.max())


def weeks(events: ibis.Table, *, until: date, weeks: int = 12) -> ibis.Table:
    """Return the events of each of the last weeks of seven days; the newest ends with `until` and is 0.

    Returns:
        `customer_id`, `back` (weeks ago), `events`; no row for a week without events.
    """
    done = log.done(events, until=until, days=7 * weeks)
    back = (ibis.date(until).delta(done.day, unit="day") / 7).floor().cast("int64")
    return done.mutate(back=back).group_by("customer_id", "back").aggregate(events=_.count())


def uses(events: ibis.Table, *, features: Mapping[str, Sequence[str]], until: date) -> ibis.Table:
    """Return what was done with each feature in four weeks, beside the four weeks before.

    Returns:
        `customer_id`, `feature`, `users`, `events`, `active_days`, `events_before`, `last_on`; no row for a
        feature that was not used in either.
    """
    serves: dict[str, list[str]] = {}
    for feature, names in features.items():
        for name in names:
            serves.setdefault(name, []).append(feature)
    done = log.done(events, until=until, days=2 * WINDOW, names=sorted(serves))
    named = done.event.cases(
        *[(name, ibis.array(sorted(served))) for name, served in sorted(serves.items())],
        else_=ibis.null("array<string>"),
    )
    used = done.mutate(feature=named.unnest())
    now = used.day >= log.first_day(until, WINDOW)
    return (
        used.mutate(now=now)
        .group_by("customer_id", "feature")
        .aggregate(
            users=_.user_id.nunique(where=_.now),
            events=_.count(where=_.now),
            active_days=_.day.nunique(where=_.now),
            events_before=_.count(where=~_.now),
            last_on=_.day.max(),
        )
    )


def times(events: ibis.Table, *, event: str, per: Period, since: date, until: date) -> ibis.Table:
    """Return how often an event happened in each day, ISO week or month.

    Returns:
        `customer_id`, `period` (its first day), `value`; no row for a period without it.
    """
    done = log.done(events, since=since, until=until, names=[event])
    return (
        done.mutate(period=periods.start(done.day, per))
        .group_by("customer_id", "period")
        .aggregate(value=_.count().cast("float64"))
    )
