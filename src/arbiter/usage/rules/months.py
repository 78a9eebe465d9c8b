"""Calendar months, in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple


class Month(NamedTuple):
    """A month; months are in order as they are in time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month of a day."""
        return cls(day.year, day.month)

    @property
    def before(self) -> Month:
        """The month before it."""
        return Month(self.year, self.number - 1) if self.number > 1 else Month(self.year - 1, 12)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its last day.

        Examples:
            >>> Month(2028, 2).last_day
            datetime.date(2028, 2, 29)
        """
        return (self.first_day + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def end(self) -> datetime:
        """Its last moment."""
        return datetime.combine(self.last_day, time.max, UTC)

    def back_to(self, day: date, *, most: int) -> list[Month]:
        """Return the months from that of a day up to this one, the oldest first, the last so many of them.

        Examples:
            >>> Month(2026, 2).back_to(date(2025, 12, 9), most=24)
            [Month(year=2025, number=12), Month(year=2026, number=1), Month(year=2026, number=2)]
        """
        found: list[Month] = []
        each = self
        while each >= Month.of(day) and len(found) < most:
            found.append(each)
            each = each.before
        return found[::-1]
