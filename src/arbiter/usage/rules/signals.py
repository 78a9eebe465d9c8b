"""Which numbers of usage are told as signals, and when it is worth telling one again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

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


def to_tell(
    now: Mapping[str, float | None],
    told: Mapping[str, float],
    *,
    told_on: date | None,
    until: date,
) -> dict[str, float]:
    """Return the numbers to write as signals: what has changed by a tenth, and weekly all of them.

    A customer that was never active has no signals: of it nothing is known, and 0 would say that it stopped.

    Args:
        now: the numbers by name; None where one cannot be told.
        told: what was written last.
        told_on: when all of them were written last.
        until: the day up to which they are counted.
    """
    known = {name: value for name, value in now.items() if value is not None}
    if told_on is None or until - told_on >= AGAIN_AFTER:
        return known
    return {
        name: value
        for name, value in known.items()
        if name not in told or _is_news(name, told[name], value)
    }


class Told(NamedTuple):
    """What is remembered of the numbers written as signals, and when all of them were."""

    numbers: Mapping[str, float]
    on: date | None

    def and_(self, now: Mapping[str, float | None], until: date) -> tuple[dict[str, float], Told]:
        """Return what is worth telling now, and what is remembered from then on."""
        news = to_tell(now, self.numbers, told_on=self.on, until=until)
        if not news:
            return news, self
        is_all = len(news) == sum(value is not None for value in now.values())
        on = until if self.on is None or is_all else self.on
        return news, Told({**self.numbers, **news}, on)


def _is_news(name: str, before: float, now: float) -> bool:
    if name == TREND:
        return abs(now - before) >= TREND_WORTH_TELLING
    if before == 0 or now == 0:
        return before != now
    return abs(now - before) / abs(before) >= WORTH_TELLING
