"""What a job is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import ParamSpec, TypeVar

from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")

LIMIT = timedelta(minutes=5)
ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task[P, T]):
    """A task with patience: how long it may run, and how often it is tried.

    It may run twice (a killed worker, a retry), so it must do no harm the second time.
    """

    limit: timedelta = LIMIT
    attempts: int = ATTEMPTS


def job(
    *, limit: timedelta = LIMIT, attempts: int = ATTEMPTS, priority: int = 0
) -> Callable[[Callable[P, T]], Job[P, T]]:
    """Make a function a job: `it.enqueue(…)` queues it with the caller's transaction, `it.call(…)` runs it."""

    def wrap(function: Callable[P, T]) -> Job[P, T]:
        return Job(func=function, limit=limit, attempts=attempts, priority=priority)

    return wrap


def wait_after(attempt: int) -> timedelta:
    """Return how long to wait after a failed attempt (1 is the first): four times longer each time."""
    return min(FIRST_WAIT * int(4 ** (attempt - 1)), LONGEST_WAIT)
