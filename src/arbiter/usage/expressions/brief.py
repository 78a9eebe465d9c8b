"""What the row of a customer is made of: day by day what was done, by how many, with which features, and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import ibis
from ibis import _

from arbiter.usage.expressions import events as log
from arbiter.usage.expressions import periods
from arbiter.usage.expressions.activity import WINDOW
from arbiter.usage.expressions.rules import Period

Features = Mapping[str, Sequence[str]]
"""The name of each feature with the names of the events that show its use."""


def days(events: ibis.Table, *, until: date, days: int) -> ibis.Table:
    """Return what was done on each of the last days, and by how many people.

    Returns:
        `customer_id`, `back` (days ago; `until` is 0), `events`, `people`; no row for a day without events.
    """
    done = log.done(events, until=until, days=days)
    return (
        done.mutate(back=_back(done.day, until))
        .group_by("customer_id", "back")
        .aggregate(events=_.count(), people=_.user_id.nunique())
    )


def leaving(events: ibis.Table, *, until: date) -> ibis.Table:
    """Return how many people were last seen on each day of four weeks: on which days the windows lose whom.

    Returns:
        `customer_id`, `back` (days ago), `people`; no row for a day that was nobody's last.
    """
    done = log.done(events, until=until, days=WINDOW)
    return _last_seen(done, until, "customer_id")


def feature_days(events: ibis.Table, *, features: Features, until: date) -> ibis.Table:
    """Return how often each feature was used on each day of eight weeks.

    Returns:
        `customer_id`, `feature`, `back` (days ago), `events`; no row for a day without it.
    """
    used = _used(events, features, until, 2 * WINDOW)
    return (
        used.mutate(back=_back(used.day, until))
        .group_by("customer_id", "feature", "back")
        .aggregate(events=_.count())
    )


def feature_leaving(events: ibis.Table, *, features: Features, until: date) -> ibis.Table:
    """Return how many people used each feature last on each day of four weeks.

    Returns:
        `customer_id`, `feature`, `back` (days ago), `people`.
    """
    return _last_seen(_used(events, features, until, WINDOW), until, "customer_id", "feature")


def seen(events: ibis.Table, *, until: date) -> ibis.Table:
    """Return since when each person was seen, and from when to when anything was done.

    Returns:
        `customer_id`, `user_id` (without one: what nobody known did), `first_day`, `first_at`, `last_at`.
    """
    done = log.done(events, until=until)
    return done.group_by("customer_id", "user_id").aggregate(
        first_day=_.day.min(), first_at=_.at.min(), last_at=_.at.max()
    )


def spans(events: ibis.Table, *, until: date) -> ibis.Table:
    """Return from when to when anything was done.

    Returns:
        `customer_id`, `first_at`, `last_at`.
    """
    done = log.done(events, until=until)
    return done.group_by("customer_id").aggregate(first_at=_.at.min(), last_at=_.at.max())


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


def _back(day: ibis.expr.types.DateColumn, until: date) -> ibis.expr.types.IntegerColumn:
    return ibis.date(until).delta(day, unit="day").cast("int64")


def _last_seen(done: ibis.Table, until: date, *by: str) -> ibis.Table:
    each = (
        done.filter(done.user_id.notnull()).group_by(*by, "user_id").aggregate(last_day=_.day.max())
    )
    return (
        each.mutate(back=_back(each.last_day, until))
        .group_by(*by, "back")
        .aggregate(people=_.count())
    )


def _used(events: ibis.Table, features: Features, until: date, days: int) -> ibis.Table:
    """The events of features, each as often as it serves one."""
    serves: dict[str, list[str]] = {}
    for feature, names in features.items():
        for name in names:
            serves.setdefault(name, []).append(feature)
    done = log.done(events, until=until, days=days, names=sorted(serves))
    named = done.event.cases(
        *[(name, ibis.array(sorted(served))) for name, served in sorted(serves.items())],
        else_=ibis.null("array<string>"),
    )
    return done.mutate(feature=named.unnest())
