"""The memory of a process that only works: what a job has used goes back to the machine when it ends."""

from __future__ import annotations

import ctypes
from typing import Any

from django.db.backends.signals import connection_created

# Numbers of glibc's mallopt: from which size on memory is asked of the machine and given back by itself, how much
# may stay free at the end of the heap, and how many heaps there may be.
_SETTINGS = {-3: 256 * 1024, -1: 256 * 1024, -8: 2}


def keep_little() -> None:
    """Hold on to little memory from here on, in this process and all its connections to a database."""
    libc = ctypes.CDLL(None)
    # Other systems have no such call, and need none.
    if hasattr(libc, "mallopt"):
        for name, value in _SETTINGS.items():
            libc.mallopt(name, value)
    connection_created.connect(_unmap)


def _unmap(connection: Any, **_: object) -> None:
    """Read SQLite's file through its cache alone: a page that is mapped counts as memory of the process."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size = 0")
