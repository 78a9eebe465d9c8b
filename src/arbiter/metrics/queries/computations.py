"""How far the measuring is."""

from __future__ import annotations

from arbiter.foundation import runs
from arbiter.foundation.runs import Progress
from arbiter.metrics.models import Computation


def newest() -> Progress | None:
    """The computation wanted last; None when none ever was."""
    return _progress(runs.newest(Computation))


def under_way() -> Progress | None:
    """The computation that waits or runs; None when there is none."""
    return _progress(runs.foremost(Computation))


def is_wanted() -> bool:
    """Say whether a computation is to be done."""
    return runs.unfinished(Computation).exists()


def _progress(found: Computation | None) -> Progress | None:
    return runs.progress(found, step=found.step if found else "")
