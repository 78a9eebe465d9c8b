"""How far the making of an audit is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from arbiter.accounts.queries import contracts
from arbiter.forecast.models.audit import AuditRun


@dataclass(frozen=True, slots=True)
class Run:
    """A making of an audit as a page shows it: waiting, running, done or failed."""

    state: str
    done: int
    total: int
    wanted_at: datetime
    finished_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")


def newest() -> Run | None:
    """The one that is under way, else the last one; None when none ever was."""
    rows = AuditRun.objects.order_by("-wanted_at", "-pk")
    # One that runs says more than one that waits behind it.
    open_ones = rows.filter(finished_at=None).order_by("started_at", "wanted_at")
    running = open_ones.exclude(started_at=None).first() or open_ones.first()
    found = running or rows.first()
    return _run(found) if found else None


def is_wanted() -> bool:
    """Say whether an audit is to be made; the first is, as soon as anything was decided."""
    if AuditRun.objects.filter(finished_at=None).exists():
        return True
    return not AuditRun.objects.exists() and contracts.anything_decided()


def _run(found: AuditRun) -> Run:
    return Run(found.state, found.done, found.total, found.wanted_at, found.finished_at)
