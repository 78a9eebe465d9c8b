"""When usage was counted, and how far the counting is."""

from __future__ import annotations

from datetime import date

from arbiter.foundation import runs
from arbiter.foundation.runs import Progress
from arbiter.usage.models import LookBack, SnapshotRun


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
    return _progress(runs.foremost(SnapshotRun))


def newest() -> Progress | None:
    """The run that was wanted last; None when none ever was."""
    return _progress(runs.newest(SnapshotRun))


def is_wanted() -> bool:
    """Say whether usage is to be counted."""
    return runs.unfinished(SnapshotRun).exists()


def is_look_back_wanted() -> bool:
    """Say whether the past is to be told as signals."""
    return runs.unfinished(LookBack).exists()


def _progress(found: SnapshotRun | None) -> Progress | None:
    return runs.progress(found, step=found.step if found else "")
