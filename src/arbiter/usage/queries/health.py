"""Whether what is acknowledged gets into the log: how much waits, and how long already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Sum

from arbiter.usage.models import Flush, Parcel

LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True)
class Inbox:
    """What waits for the log."""

    requests: int
    events: int
    age: timedelta

    @property
    def is_stuck(self) -> bool:
        """Whether something waits for so long that nobody moves it."""
        return self.age > LONGEST_WAIT


def is_waiting() -> bool:
    """Say whether anything waits to be moved to the log, or was begun and not finished."""
    return Parcel.objects.exists() or Flush.objects.exists()


def inbox(at: datetime) -> Inbox:
    """Return how much waits at a moment, and for how long the oldest of it."""
    told = Parcel.objects.aggregate(
        requests=Count("pk"), events=Sum("events"), oldest=Min("received_at")
    )
    age = max(at - told["oldest"], timedelta(0)) if told["oldest"] else timedelta(0)
    return Inbox(told["requests"], told["events"] or 0, age)
