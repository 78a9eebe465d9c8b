"""Who is active, per customer: people with at least one event in the time looked at."""

from __future__ import annotations

from datetime import date

import ibis
from ibis import _

from arbiter.usage.expressions import events as log
from arbiter.usage.expressions import periods
from arbiter.usage.expressions.rules import Period

WINDOW = 28
"""Days looked back over: four whole weeks, so that no weekend counts twice."""


def active_users(events: ibis.Table, *, until: date, days: int = WINDOW) -> ibis.Table:
    """Return how many people of each customer did anything in so many days.

    Returns:
        `customer_id`, `users`; customers with events of nobody known have 0, those without events no row.
    """
    done = log.done(events, until=until, days=days)
    return done.group_by("customer_id").aggregate(users=_.user_id.nunique())


def active_by_period(events: ibis.Table, *, per: Period, since: date, until: date) -> ibis.Table:
    """Return how many people of each customer were active in each day, ISO week or month, and with how many events.

    Returns:
        `customer_id`, `period` (its first day), `users`, `events`. A period at an end of the time looked at holds
        only the days that were looked at; one without events has no row.
    """
    done = log.done(events, since=since, until=until)
    return (
        done.mutate(period=periods.start(done.day, per))
        .group_by("customer_id", "period")
        .aggregate(users=_.user_id.nunique(), events=_.count())
    )


def stickiness(events: ibis.Table, *, until: date, days: int = WINDOW) -> ibis.Table:
    """Return the share of days on which those who use it at all use it: is it a habit?

    Mean people a day ÷ people in all days, which is the mean of each person's share of active days.

    Returns:
        `customer_id`, `daily` (mean people a day), `monthly` (people), `stickiness`. Customers of whom nobody
        known was active have no row.
    """
    done = log.done(events, until=until, days=days)
    each = (
        done.filter(done.user_id.notnull())
        .group_by("customer_id", "user_id")
        .aggregate(active_days=_.day.nunique())
    )
    both = each.group_by("customer_id").aggregate(
        person_days=_.active_days.sum().cast("float64"), monthly=_.count()
    )
    return both.select(
        "customer_id",
        daily=_.person_days / float(days),
        monthly=_.monthly,
        stickiness=_.person_days / (_.monthly.cast("float64") * float(days)),
    )
