"""When usage was counted, and how far the counting is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from arbiter.foundation import runs
from arbiter.usage.models import LookBack, SnapshotRun


@dataclass(frozen=True)
class Progress:
    """A run as a page shows it: waiting, running, done or failed."""

    state: str
    done: int
    total: int
    step: str
    wanted_at: datetime
    until: date | None
    finished_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")


def last_done() -> SnapshotRun | None:
    """The newest run that ended well."""
    done = SnapshotRun.objects.filter(problem="").exclude(finished_at=None).exclude(as_of=None)
    return done.order_by("-as_of", "-pk").first()


def newest_day() -> date | None:
    """The day up to which usage is counted; None before it ever was."""
    last = last_done()
    return last.until if last else None


def under_way() -> Progress | None:
    """The run that waits or runs, one that runs before one that waits; None when there is none."""
    found = runs.foremost(SnapshotRun)
    return _progress(found) if found else None


def newest() -> Progress | None:
    """The run that was wanted last; None when none ever was."""
    found = SnapshotRun.objects.order_by("-wanted_at", "-pk").first()
    return _progress(found) if found else None


def is_wanted() -> bool:
    """Say whether usage is to be counted."""
    return runs.unfinished(SnapshotRun).exists()


def is_look_back_wanted() -> bool:
    """Say whether the past is to be told as signals."""
    return runs.unfinished(LookBack).exists()


def _progress(found: SnapshotRun) -> Progress:
    return Progress(
        state=found.state,
        done=found.done,
        total=found.total,
        step=found.step,
        wanted_at=found.wanted_at,
        until=found.until,
        finished_at=found.finished_at,
    )
