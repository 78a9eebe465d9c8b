"""Which numbers of usage are told as signals, and when it is worth telling one again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

USERS, EVENTS, ADOPTION, BREADTH, TREND = (
    "usage_active_users_28d",
    "usage_events_28d",
    "usage_adoption",
    "usage_breadth",
    "usage_trend",
)
NAMES = (USERS, EVENTS, ADOPTION, BREADTH, TREND)
AGAIN_AFTER = timedelta(days=7)
WORTH_TELLING = 0.1
TREND_WORTH_TELLING = 0.05
"""A trend is a change itself: 5 % a week more or less is news, a tenth of it is not."""
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Told(NamedTuple):
    """What is remembered of the numbers written as signals of many customers, a row each."""

    numbers: Numbers
    """In the order of `NAMES`; of what was never told not a number."""
    on: NDArray[np.int64]
    """The number of the day on which all of a row were told; 0 where they never were."""

    @classmethod
    def of(cls, numbers: Sequence[Mapping[str, float]], on: NDArray[np.int64]) -> Told:
        """Take what rows keep."""
        columns = [[row.get(name) for row in numbers] for name in NAMES]
        return cls(column_by_column(columns, rows=len(numbers)), on)

    def news(self, now: Numbers, until: date) -> tuple[Flags, Told]:
        """Return which numbers to write as signals, and what is remembered from then on.

        Told is what has changed by a tenth, and weekly all of them. A customer that was never active has no
        numbers: of it nothing is known, and 0 would say that it stopped.

        Args:
            now: the numbers of the same customers; what cannot be told is not a number.
            until: the day up to which they are counted.
        """
        known, day = ~np.isnan(now), until.toordinal()
        is_due = (self.on == 0) | (day - self.on >= AGAIN_AFTER.days)
        news = known & (is_due[:, None] | np.isnan(self.numbers) | _changed(self.numbers, now))
        is_all = news.any(axis=1) & ((self.on == 0) | (news == known).all(axis=1))
        return news, Told(np.where(news, now, self.numbers), np.where(is_all, day, self.on))

    def kept(self) -> list[tuple[dict[str, float], date | None]]:
        """Return what rows are to keep."""
        told = [
            {name: value for name, value in zip(NAMES, row, strict=True) if value == value}
            for row in self.numbers.tolist()
        ]
        days = [date.fromordinal(on) if on else None for on in self.on.tolist()]
        return list(zip(told, days, strict=True))


def column_by_column(columns: Sequence[Sequence[Any]], *, rows: int) -> Numbers:
    """Return numbers given by column as a row for each customer; None is not a number."""
    return np.array(columns, np.float64).reshape(len(NAMES), rows).T


def _changed(before: Numbers, now: Numbers) -> Flags:
    """Whether each number is news beside what was told last."""
    apart = np.abs(now - before)
    nothing = (before == 0) | (now == 0)
    by_a_tenth = apart / np.where(nothing, 1.0, np.abs(before)) >= WORTH_TELLING
    found = np.where(nothing, before != now, by_a_tenth)
    trend = NAMES.index(TREND)
    found[:, trend] = apart[:, trend] >= TREND_WORTH_TELLING
    return np.asarray(found)
