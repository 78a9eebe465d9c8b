"""Where a value or a day lies on an axis, and which round marks the axis carries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil, floor, log10

from arbiter.ui.charts.svg import within

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
_DAYS = (1, 2, 7, 14)
_TWO_MONTHS = 62
_NEARLY = 1e-9


@dataclass(frozen=True)
class Scale:
    """A stretch of numbers with its marks."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @classmethod
    def over(
        cls,
        values: Iterable[float | None],
        *,
        low: float | None = None,
        high: float | None = None,
        most: int = 6,
    ) -> "Scale":
        """The stretch that holds these values and ends at round marks, or at the ends that are given."""
        seen = [value for value in values if value is not None]
        start, end = _apart(*_ends(seen, low, high))
        ticks = nice_ticks(start, end, most=most)
        bottom = ticks[0] if low is None else start
        top = ticks[-1] if high is None else end
        slack = (top - bottom) * _NEARLY
        inside = (tick for tick in ticks if bottom - slack <= tick <= top + slack)
        return cls(bottom, top, tuple(inside))

    @property
    def step(self) -> float:
        return self.ticks[1] - self.ticks[0] if len(self.ticks) > 1 else self.high - self.low

    def share(self, value: float) -> float:
        """0 at the low end, 1 at the high one; what lies beyond an end is drawn at it."""
        return within((value - self.low) / (self.high - self.low))


def nice_ticks(low: float, high: float, *, most: int = 6) -> tuple[float, ...]:
    """At most so many round numbers, evenly apart, the first at or below `low` and the last at or above `high`."""
    if not low < high:
        raise ValueError("An axis needs a low end below its high end.")
    power = 10.0 ** floor(log10((high - low) / max(most - 1, 1)))
    for step in (base * power * scale for scale in (1, 10) for base in _ROUND):
        first, last = floor(low / step + _NEARLY), ceil(high / step - _NEARLY)
        if last - first < most:
            break
    return tuple(round(at * step, 12) for at in range(first, last + 1))


@dataclass(frozen=True)
class TimeScale:
    """A stretch of days with its marks."""

    start: float
    end: float

    @classmethod
    def over(cls, days: Sequence[date]) -> "TimeScale":
        moments = [moment(when) for when in days]
        return cls(min(moments), max(moments))

    def share(self, when: date) -> float:
        """0 at the first day, 1 at the last; a single day stands in the middle."""
        if self.start == self.end:
            return 0.5
        return within((moment(when) - self.start) / (self.end - self.start))

    def ticks(self, *, most: int = 6) -> list[tuple[float, str]]:
        """Where the round days lie, and how they are called. The year is said once."""
        first, last = date.fromordinal(ceil(self.start)), date.fromordinal(floor(self.end))
        if first >= last:
            return [(self.share(first), f"{first.day} {first:%b} {first.year}")]
        near = (last - first).days <= _TWO_MONTHS
        days = _round_days(first, last, most) if near else _round_months(first, last, most)
        return [(self.share(day), text) for day, text in zip(days, _called(days), strict=True)]


def moment(when: date) -> float:
    """Days, with the part of a day where one is known."""
    part = (when.hour * 60 + when.minute) / 1440 if isinstance(when, datetime) else 0.0
    return when.toordinal() + part


def _ends(seen: list[float], low: float | None, high: float | None) -> tuple[float, float]:
    start = low if low is not None else min(seen, default=0.0 if high is None else high - 1)
    end = high if high is not None else max(seen, default=start + 1)
    return start, end


def _apart(start: float, end: float) -> tuple[float, float]:
    """Two ends that a scale can lie between; equal ones make room around themselves."""
    size = max(abs(start), abs(end), 1.0)
    if end - start > size * _NEARLY:
        return start, end
    room = abs(start) * 0.1 if abs(start) > _NEARLY else 1.0
    return start - room, start + room


def _round_days(first: date, last: date, most: int) -> list[date]:
    length = (last - first).days
    step = next((step for step in _DAYS if length // step < most), _DAYS[-1])
    return [first + timedelta(days=at) for at in range(0, length + 1, step)]


def _round_months(first: date, last: date, most: int) -> list[date]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    start += first.day > 1
    for step in _MONTHS:
        months = range(-(-start // step) * step, end + 1, step)
        if len(months) <= most:
            break
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def _called(days: Sequence[date]) -> list[str]:
    whole_years = len(days) > 1 and all((day.month, day.day) == (1, 1) for day in days)
    if whole_years:
        return [str(day.year) for day in days]
    monthly = all(day.day == 1 for day in days)
    words = []
    for at, day in enumerate(days):
        year = "" if at and days[at - 1].year == day.year else f" {day.year}"
        words.append(f"{day:%b}{year}" if monthly else f"{day.day} {day:%b}{year}")
    return words
