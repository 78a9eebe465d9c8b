"""One writer at a time. Readers need no lock; a writer that lost it is refused by the log itself."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings
from django.db import connection

from arbiter.foundation.refusals import Refusal

# Any number serves as PostgreSQL's name of the lock.
NUMBER = 4_271_930
LOOK_EVERY = 0.05


class Busy(Refusal):
    """Another process writes to the event log."""


@contextmanager
def writing(*, wait: float = 0.0) -> Iterator[None]:
    """Be the one who writes to the log; the lock goes with the process, however it ends.

    Args:
        wait: seconds to wait for another writer to end.

    Raises:
        Busy: another still writes.
    """
    with _on_postgresql(wait) if connection.vendor == "postgresql" else _on_this_machine(wait):
        yield


@contextmanager
def _on_this_machine(wait: float) -> Iterator[None]:
    with (Path(settings.DATA_DIR) / "events.lock").open("w") as file:
        _acquire(wait, lambda: _flock(file.fileno()))
        yield


def _flock(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _on_postgresql(wait: float) -> Iterator[None]:
    _acquire(wait, lambda: _ask("SELECT pg_try_advisory_lock(%s)"))
    try:
        yield
    finally:
        _ask("SELECT pg_advisory_unlock(%s)")


def _ask(sql: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [NUMBER])
        return bool(cursor.fetchone()[0])


def _acquire(wait: float, attempt: Callable[[], bool]) -> None:
    end = monotonic() + wait
    while not attempt():
        if monotonic() >= end:
            raise Busy(
                "The event log is being written to by another process. Try again in a minute."
            )
        sleep(LOOK_EVERY)
