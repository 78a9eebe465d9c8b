"""The one thing that is done before a client hears that its events are taken: its body is kept, and synced to disk.

On SQLite, which lets one writer in at a time, requests that arrive while a commit is under way wait for it, and the next
commit takes them all: the disk is asked once for many, and each is still answered only after what it sent is there.
"""

from __future__ import annotations

import atexit
import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import IntegrityError, connection

from arbiter.usage.models import Parcel

# A client gives up after ten seconds or so: by then it should have heard that it shall come again.
PATIENCE_MS = 5_000


class _Waiting:
    """A body on its way, as the columns of its parcel, and what became of it."""

    def __init__(self, columns: dict[str, Any]) -> None:
        self.columns = columns
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
    row = {
        "source_id": source_id,
        "dialect": dialect,
        "body": body,
        "events": events,
        "received_at": connection.ops.adapt_datetimefield_value(at),
    }
    if connection.vendor == "sqlite":
        _receive_together(_Waiting(row))
    else:
        _insert([row])  # PostgreSQL has commits share the disk by itself


def _receive_together(own: _Waiting) -> None:
    """Wait for the commit under way, and commit whatever came meanwhile unless another thread just did."""
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
        _insert([each.columns for each in taken])
    except IntegrityError as trouble:
        if len(taken) == 1:
            taken[0].trouble = trouble
            return
        # One source is gone: the others' parcels are not to suffer for it.
        for each in taken:
            _commit([each])


def _insert(rows: list[dict[str, Any]]) -> None:
    """Write rows by one statement, which is a transaction of its own: begin and commit would be two ways more.

    Past the model, too: making it and asking it for its SQL would take longer than all the rest.
    """
    names = ", ".join(connection.ops.quote_name(name) for name in rows[0])
    marks = ", ".join(["(" + ", ".join(["%s"] * len(rows[0])) + ")"] * len(rows))
    table = connection.ops.quote_name(Parcel._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES {marks}",  # noqa: S608
            [value for row in rows for value in row.values()],
        )


@contextmanager
def _synced() -> Iterator[None]:
    """Have SQLite wait for the disk, which it otherwise does not for each commit."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    patience = int(1000 * connection.settings_dict["OPTIONS"].get("timeout", 5))
    with _in_turn(Path(settings.DATA_DIR)):
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        try:
            yield
        finally:
            raw.execute("PRAGMA synchronous=NORMAL")
            raw.execute(f"PRAGMA busy_timeout={patience}")


@contextmanager
def _in_turn(folder: Path) -> Iterator[None]:
    """Let doors of several processes follow one another: SQLite itself asks again and again, with growing pauses."""
    turn = _turns(folder)
    fcntl.flock(turn, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(turn, fcntl.LOCK_UN)


@lru_cache(maxsize=8)
def _turns(folder: Path) -> IO[bytes]:
    """The file that is locked, kept open until the process ends; the system lets go of it when it dies."""
    turn = (folder / "door.lock").open("ab")
    atexit.register(turn.close)
    return turn
