"""Work that comes round again. The list itself is `config/schedule.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from arbiter.foundation.jobs import queue
from arbiter.foundation.jobs.job import Job
from arbiter.foundation.models import Recurrence


@dataclass(frozen=True)
class Recurring:
    """A job and when it comes round: `every` so often, or `daily_at` a time of the installation's zone.

    `when` is a cheap look that says whether there is anything to do; without it nothing is written.
    """

    name: str
    job: Job[[], Any]
    every: timedelta | None = None
    daily_at: time | None = None
    when: Callable[[], bool] | None = None

    def __post_init__(self) -> None:
        if (self.every is None) == (self.daily_at is None):
            raise ValueError(f"{self.name}: give either every or daily_at.")

    def first(self, at: datetime) -> datetime:
        """Return when it is due for the first time, seen from a moment."""
        return at if self.every else self.after(at)

    def after(self, at: datetime) -> datetime:
        """Return when it is due next after a moment."""
        if self.every:
            return at + self.every
        assert self.daily_at is not None
        local = timezone.localtime(at)
        today = timezone.make_aware(datetime.combine(local.date(), self.daily_at))
        if today > at:
            return today
        return timezone.make_aware(
            datetime.combine(local.date() + timedelta(days=1), self.daily_at)
        )


def tick(schedule: Sequence[Recurring], at: datetime) -> list[str]:
    """Queue what is due and return the names. Many workers may tick at once: each round is queued once."""
    due_at = dict(Recurrence.objects.values_list("name", "next_run_at"))
    queued = []
    for recurring in schedule:
        expected = due_at.get(recurring.name) or _begin(recurring, at)
        due = expected <= at and (recurring.when is None or recurring.when())
        if due and _claim(recurring, expected, at):
            queued.append(recurring.name)
    return queued


def _begin(recurring: Recurring, at: datetime) -> datetime:
    row, _ = Recurrence.objects.get_or_create(
        name=recurring.name, defaults={"next_run_at": recurring.first(at)}
    )
    return row.next_run_at


@transaction.atomic
def _claim(recurring: Recurring, expected: datetime, at: datetime) -> bool:
    """Move the round on; only the one who did may queue it, and not while the last one is still under way."""
    due = Recurrence.objects.filter(name=recurring.name, next_run_at=expected)
    if not due.update(next_run_at=recurring.after(at)) or queue.is_under_way(recurring.job):
        return False
    recurring.job.enqueue()
    return True
