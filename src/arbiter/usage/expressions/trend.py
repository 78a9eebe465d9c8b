"""Whether a customer's use grows or shrinks, and how sure that is."""

from __future__ import annotations

from datetime import date

import ibis
from ibis import _

from arbiter.science.interval import t_quantile
from arbiter.usage.expressions import events as log

WEEKS = 12
FEWEST = 3
"""Below three weeks a line has no interval."""


def weekly(
    events: ibis.Table, *, until: date, weeks: int = WEEKS, level: float = 0.95
) -> ibis.Table:
    """Return the slope of each customer's weekly events with its interval.

    Least squares of y = ln(1 + events) on the number of the week, with Student's t for the interval. Weeks are
    seven days and end with `until`, so that each has all its weekdays; those before a customer's first event
    ever do not count, later ones without events count as 0.

    Returns:
        `customer_id`, `slope` (log events a week: 0.01 is about 1 % a week), `low`, `high`, `weeks` (how many
        counted). With fewer than three weeks slope and ends are empty. Customers without events in these weeks
        have no row.

    Raises:
        ValueError: weeks are below 3, or the level is not in (0, 1).
    """
    if weeks < FEWEST:
        raise ValueError(f"A trend needs at least {FEWEST} weeks.")
    told = _fitted(_counted(events, until, weeks), weeks)
    quantile = told.weeks.cases(
        *[(n, t_quantile(level, n - 2)) for n in range(FEWEST, weeks + 1)],
        else_=ibis.null("float64"),
    )
    spread = told.mutate(reach=quantile * told.error)
    return spread.select(
        "customer_id", "slope", low=_.slope - _.reach, high=_.slope + _.reach, weeks=_.weeks
    )


def _counted(events: ibis.Table, until: date, weeks: int) -> ibis.Table:
    """Each customer with ln(1 + events) of every week, the newest first, and the weeks since its first event."""
    done = log.done(events, until=until)
    # Of the whole past only the first day is wanted: far less is read than by counting all of its weeks.
    began = done.group_by("customer_id").aggregate(began=_.day.min())
    lately = log.done(events, until=until, days=7 * weeks)
    by_week = (
        lately.mutate(back=_ago(lately.day, until))
        .group_by("customer_id", "back")
        .aggregate(events=_.count())
    )
    logs = {
        f"y{week}": (_.events.sum(where=_.back == week).coalesce(0) + 1).cast("float64").ln()
        for week in range(weeks)
    }
    counted = by_week.group_by("customer_id").aggregate(**logs)
    known = counted.inner_join(began, "customer_id")
    since = _ago(known.began, until) + 1
    return known.mutate(weeks=ibis.least(since, weeks)).drop("began")


def _ago(day: ibis.expr.types.DateColumn, until: date) -> ibis.expr.types.IntegerColumn:
    """How many weeks of seven days lie between a day and the newest one, which is 0."""
    return (ibis.date(until).delta(day, unit="day") / 7).floor().cast("int64")


def _fitted(counted: ibis.Table, weeks: int) -> ibis.Table:
    """The slope and its standard error. All sums run over columns of one row, in one order: engines agree."""
    ys = [counted[f"y{week}"] for week in range(weeks)]
    n = counted.weeks.cast("float64")
    middle, spread = (n - 1.0) / 2.0, n * (n * n - 1.0) / 12.0
    # What lies before the first event is 0 in every column, so it adds nothing to the first two sums.
    rises = [(middle - float(week)) * y for week, y in enumerate(ys)]
    enough = counted.weeks >= FEWEST
    lines = counted.mutate(
        n=n,
        middle=middle,
        spread=spread,
        mean=sum(ys[1:], ys[0]) / n,
        slope=enough.ifelse(sum(rises[1:], rises[0]) / spread, ibis.null("float64")),
    )
    off = lines.mutate(
        **{
            f"off{week}": lines[f"y{week}"]
            - lines["mean"]
            - lines.slope * (lines.middle - float(week))
            for week in range(weeks)
        }
    )
    squares = [
        (off.weeks > week).ifelse(off[f"off{week}"] * off[f"off{week}"], 0.0)
        for week in range(weeks)
    ]
    rest = sum(squares[1:], squares[0])
    error = (off.weeks >= FEWEST).ifelse(
        (rest / (off.n - 2.0) / off.spread).sqrt(), ibis.null("float64")
    )
    return off.select("customer_id", "weeks", "slope", error=error)
