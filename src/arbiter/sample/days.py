"""Dates of the sample. Everything is told in days from `today`, so the company looks alike on any day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

YESTERDAY = -1
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Days:
    """Days counted from `today`; the past is negative."""

    today: date

    def on(self, day: float) -> str:
        """Return the date so many days from today."""
        return self._date(day).isoformat()

    def month(self, day: float) -> str:
        """Return the name of the month that day lies in."""
        return MONTHS[self._date(day).month - 1]

    def moment(self, day: float, minute: int) -> datetime:
        """Return that minute of that day, in UTC."""
        return datetime.combine(self._date(day), time(), tzinfo=UTC) + timedelta(minutes=minute)

    def workday(self, day: float) -> int:
        """Return the day itself, or the Friday before it: nobody at Ledgerly works on a weekend."""
        return int(day) - max(0, self._date(day).weekday() - 4)

    def _date(self, day: float) -> date:
        return self.today + timedelta(days=int(day))


def stamp(moment: datetime) -> str:
    """Return an instant as the workspace files write it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
