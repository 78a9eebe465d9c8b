"""When a model that learns every few months would have learnt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

MONTHS = 3


def rolling(first: datetime, last: datetime, *, months: int = MONTHS) -> list[datetime]:
    """Return the days of learning: the first of every so many months, from the one before `first` until `last`.

    They stand in the calendar, not in the data, so that a backtest of tomorrow has the same ones.
    """
    return list(_firsts(first, last, months))


def _firsts(first: datetime, last: datetime, months: int) -> Iterator[datetime]:
    number = (first.year * 12 + first.month - 1) // months * months
    while (moment := datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)) <= last:
        yield moment
        number += months
