"""Days in UTC, ISO weeks (from Monday) and calendar months."""

from __future__ import annotations

from datetime import date, timedelta

import ibis

from arbiter.usage.expressions.rules import Period

_MONDAY = date(1970, 1, 5)
_UNITS = {"day": "D", "week": "W", "month": "M"}


def start(day: ibis.expr.types.DateColumn, per: Period) -> ibis.expr.types.DateColumn:
    """Return the first day of the period in which each day lies."""
    return day if per == "day" else day.truncate(_UNITS[per])


def number(day: ibis.expr.types.DateValue, per: Period) -> ibis.expr.types.IntegerValue:
    """Return the number of the period in which each day lies: the next period has the next number."""
    if per == "month":
        return (day.year() * 12 + day.month()).cast("int64")
    days = day.delta(ibis.date(_MONDAY), unit="day")
    return days if per == "day" else (days / 7).floor().cast("int64")


def number_of(day: date, per: Period) -> int:
    """Return the number of the period in which one day lies, as `number` does for a column."""
    if per == "month":
        return day.year * 12 + day.month
    days = (day - _MONDAY).days
    return days if per == "day" else days // 7


def first_of(number: int, per: Period) -> date:
    """Return the first day of the period with a number.

    Examples:
        >>> first_of(number_of(date(2026, 6, 17), "month"), "month")
        datetime.date(2026, 6, 1)
    """
    if per == "month":
        return date((number - 1) // 12, (number - 1) % 12 + 1, 1)
    return _MONDAY + timedelta(days=number if per == "day" else 7 * number)
