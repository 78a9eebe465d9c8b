"""DuckDB in this process: the engine of every installation that asks for no other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Self

import ibis
import pyarrow as pa
from django.conf import settings

from arbiter.usage.engines import shape
from arbiter.usage.engines.over_log import OverLog
from arbiter.usage.expressions.dialects import Dialect
from arbiter.usage.log.duck import duck
from arbiter.usage.log.table import Log

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Embedded(OverLog):
    """Reads the log as it stood when it was opened, changes nothing, and spills to disk beyond its memory."""

    dialect: ClassVar[Dialect] = "duckdb"

    def __init__(
        self, *, megabytes: int | None = None, threads: int | None = None, log: Log | None = None
    ) -> None:
        super().__init__(log)
        self._megabytes = megabytes or settings.EVENT_MEMORY_MB
        self._threads = threads or os.cpu_count() or 1
        self._kept = 0

    def __enter__(self) -> Self:
        """Connect, and show the files of the log."""
        with ExitStack() as opening:
            self._connection: DuckDBPyConnection = opening.enter_context(
                duck(megabytes=self._megabytes, threads=self._threads)
            )
            # Nobody reads rows in the order of the files, and keeping it costs memory.
            self._connection.execute("SET preserve_insertion_order = false")
            # Files never change, and every question would read again what they say of themselves.
            self._connection.execute("SET parquet_metadata_cache = true")
            self._show_log()
            self._open = opening.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of the memory and of what was spilled."""
        self._open.close()

    def run(self, expr: ibis.Table) -> pa.Table:
        """Return the rows of an expression, in columns of the types it says."""
        return shape.fitted(self._connection.sql(self.sql(expr)).to_arrow_table(), expr.schema())

    def kept(self, events: ibis.Table) -> ibis.Table:
        """Return events of a few customers as a table of their own, so that the log is read once and not ten times."""
        name = f"kept_{self._kept}"
        self._kept += 1
        self._connection.execute(f'CREATE TEMP TABLE "{name}" AS {self.sql(events)}')
        return ibis.table(events.schema(), name=name)

    def plan(self, expr: ibis.Table) -> str:
        """Return DuckDB's plan."""
        rows = self._connection.execute(f"EXPLAIN {self.sql(expr)}").fetchall()
        return "\n".join(str(text) for _, text in rows)

    def _show_files(
        self, log: Log, name: str, *, settled: bool, months: Sequence[str] | None = None
    ) -> None:
        log.show(self._connection, name, settled=settled, months=months)

    def _define(self, name: str, sql: str) -> None:
        self._connection.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {sql}')

    def _show(self, name: str, rows: pa.Table) -> None:
        self._connection.register(name, rows)
