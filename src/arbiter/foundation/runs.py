"""Work in the background: what of it is open, how it ends, and what of it is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from traceback import format_exception_only
from typing import TypeVar

from django.db.models import Case, QuerySet, When

from arbiter.foundation.models.run import Run

Kind = TypeVar("Kind", bound=Run)


@dataclass(frozen=True)
class Progress:
    """A run as a page shows it: waiting, running, done or failed; `step` says in words what it is at."""

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


def progress(run: Run | None, *, step: str = "") -> Progress | None:
    """Return how far a run is; None where there is none."""
    if run is None:
        return None
    return Progress(
        state=run.state,
        done=run.done,
        total=run.total,
        step=step,
        wanted_at=run.wanted_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
    )


def newest(kind: type[Kind]) -> Kind | None:
    """Return the run that was wanted last; None when none ever was."""
    return kind._default_manager.order_by("-wanted_at", "-pk").first()


def unfinished(kind: type[Kind]) -> QuerySet[Kind]:
    """Return the runs that wait or run, or were left by a worker that is gone."""
    return kind._default_manager.filter(finished_at=None)


def waiting(kind: type[Kind]) -> Kind | None:
    """Return the run that did not begin; None where none is wanted."""
    return unfinished(kind).filter(started_at=None).first()


def foremost(kind: type[Kind]) -> Kind | None:
    """Return the run that is under way, or else the one that waits longest: one that runs says more."""
    running_first = Case(When(started_at=None, then=1), default=0)
    return unfinished(kind).order_by(running_first, "wanted_at", "pk").first()


@contextmanager
def finishing(runs: QuerySet[Kind], clock: Callable[[], datetime]) -> Iterator[None]:
    """Say of some runs when the work inside ended, and what went wrong where it broke."""
    try:
        yield
    except Exception as problem:
        told = "".join(format_exception_only(problem)).strip()
        runs.update(finished_at=clock(), problem=told)
        raise
    runs.update(finished_at=clock(), problem="")


def forget(kind: type[Kind], *, but: int) -> None:
    """Forget the finished runs but so many of the last."""
    every = kind._default_manager
    old = every.exclude(finished_at=None).order_by("-wanted_at", "-pk")
    every.filter(pk__in=list(old.values_list("pk", flat=True)[but:])).delete()
