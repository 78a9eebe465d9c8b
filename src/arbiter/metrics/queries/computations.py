"""How far the measuring is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from arbiter.foundation import runs
from arbiter.metrics.models import Computation


@dataclass(frozen=True)
class Progress:
    """A computation as a page shows it: waiting, running, done or failed."""

    state: str
    done: int
    total: int
    step: str
    wanted_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")


def newest() -> Progress | None:
    """The computation wanted last; None when none ever was."""
    last = Computation.objects.order_by("-wanted_at", "-pk").first()
    return _progress(last) if last else None


def under_way() -> Progress | None:
    """The computation that waits or runs; None when there is none."""
    found = runs.foremost(Computation)
    return _progress(found) if found else None


def is_wanted() -> bool:
    """Say whether a computation is to be done."""
    return runs.unfinished(Computation).exists()


def _progress(found: Computation) -> Progress:
    return Progress(
        state=found.state,
        done=found.done,
        total=found.total,
        step=found.step,
        wanted_at=found.wanted_at,
        started_at=found.started_at,
        finished_at=found.finished_at,
    )
