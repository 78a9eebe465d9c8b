"""DuckDB in this process: a connection with bounded memory that spills to the data folder and speaks UTC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@contextmanager
def duck(*, megabytes: int = 256, threads: int = 2) -> Iterator[DuckDBPyConnection]:
    """Connect to a database in memory, for one piece of work."""
    import duckdb

    with (
        TemporaryDirectory(prefix="spill-", dir=Path(settings.DATA_DIR)) as spill,
        duckdb.connect(
            config={
                "memory_limit": f"{megabytes}MB",
                "threads": threads,
                "temp_directory": spill,
                "preserve_insertion_order": True,
                "autoinstall_known_extensions": False,
            }
        ) as connection,
    ):
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
