"""The one thing that is done before a client hears that its events are taken: its body is kept, and synced to disk.

Requests that arrive while a commit is under way wait for it, and the next commit takes them all: the disk is asked
once for many, and each is still answered only after what it sent is there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from arbiter.usage.models import Parcel

# A client gives up after ten seconds or so: by then it should have heard that it shall come again.
PATIENCE_MS = 5_000


class _Waiting:
    """A parcel on its way, and what became of it."""

    def __init__(self, parcel: Parcel) -> None:
        self.parcel = parcel
        self.is_settled = False
        self.trouble: Exception | None = None


_waiting: list[_Waiting] = []
_committing = threading.Lock()


def receive(*, source_id: int, dialect: str, body: bytes, events: int, at: datetime) -> None:
    """Keep a body, gzipped, until the worker has moved its events to the log; when this returns it is on disk.

    Raises:
        IntegrityError: there is no such source any more.
        OperationalError: the database is away, locked or full, and nothing was kept.
    """
    own = _Waiting(
        Parcel(source_id=source_id, dialect=dialect, body=body, events=events, received_at=at)
    )
    _waiting.append(own)
    with _committing:
        if not own.is_settled:
            _commit_all()
    if own.trouble is not None:
        raise own.trouble


def _commit_all() -> None:
    """Commit whatever waits, of other threads too."""
    taken: list[_Waiting] = []
    while _waiting:
        taken.append(_waiting.pop(0))
    try:
        with _synced():
            _commit(taken)
    except Exception as trouble:
        for each in taken:
            each.trouble = trouble
    finally:
        for each in taken:
            each.is_settled = True


def _commit(taken: list[_Waiting]) -> None:
    try:
        with transaction.atomic():
            Parcel.objects.bulk_create([each.parcel for each in taken])
    except IntegrityError as trouble:
        if len(taken) == 1:
            taken[0].trouble = trouble
            return
        # One source is gone: the others' parcels are not to suffer for it.
        for each in taken:
            _commit([each])


@contextmanager
def _synced() -> Iterator[None]:
    """Have SQLite wait for the disk, which it otherwise does not for each commit. PostgreSQL does."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    patience = raw.execute("PRAGMA busy_timeout").fetchone()[0]
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
    try:
        yield
    finally:
        raw.execute("PRAGMA synchronous=NORMAL")
        raw.execute(f"PRAGMA busy_timeout={patience}")
