"""A Spark cluster over the same log: for events that one machine no longer holds."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self

import ibis
import pyarrow as pa

from arbiter.usage.engines import shape
from arbiter.usage.engines.over_log import OverLog
from arbiter.usage.expressions import events as expressions
from arbiter.usage.expressions.dialects import Dialect
from arbiter.usage.log.table import Log

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_OPTIONS = {"spark.sql.session.timeZone": "UTC", "spark.ui.enabled": "false"}

_NAMES = {"date": "DATE", "int64": "BIGINT", "string": "STRING"}
_COLUMNS = ", ".join(
    f"`{name}` {'TIMESTAMP' if kind.is_timestamp() else _NAMES[str(kind)]}"
    for name, kind in expressions.LOGGED.items()
)
"""Told, so that no file need be opened to find out."""


class Spark(OverLog):
    """Runs on the cluster of a master, whose workers must be able to read the files of the log.

    What else a cluster needs to be told stands in its own `spark-defaults.conf`, found by SPARK_CONF_DIR.
    """

    dialect: ClassVar[Dialect] = "pyspark"

    def __init__(
        self, master: str, *, log: Log | None = None, options: dict[str, str] | None = None
    ) -> None:
        super().__init__(log)
        self._master, self._options = master, {**_OPTIONS, **(options or {})}

    def __enter__(self) -> Self:
        """Connect, and show the files of the log."""
        from pyspark.sql import SparkSession

        logging.getLogger("py4j").setLevel(logging.WARNING)  # it tells of every call it makes
        builder = SparkSession.builder.master(self._master).appName("arbiter")
        for name, value in self._options.items():
            builder = builder.config(name, value)
        self._session: SparkSession = builder.getOrCreate()
        self._show_log()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave the cluster."""
        self._session.stop()

    def run(self, expr: ibis.Table) -> pa.Table:
        """Return the rows of an expression, in columns of the types it says."""
        return shape.fitted(self._session.sql(self.sql(expr)).toArrow(), expr.schema())

    def plan(self, expr: ibis.Table) -> str:
        """Return Spark's plan."""
        rows = self._session.sql(f"EXPLAIN {self.sql(expr)}").collect()
        return "\n".join(str(row[0]) for row in rows)

    def _show_files(
        self, log: Log, name: str, *, settled: bool, months: Sequence[str] | None = None
    ) -> None:
        files = [_hadoop(path) for path in log.files(settled, months)]
        if files:
            reader = self._session.read.schema(_COLUMNS)
            reader.parquet(*files).createOrReplaceTempView(name)
        else:
            self._show(name, shape.columns(expressions.LOGGED).empty_table())

    def _define(self, name: str, sql: str) -> None:
        self._session.sql(sql).createOrReplaceTempView(name)

    def _show(self, name: str, rows: pa.Table) -> None:
        session: Any = self._session
        session.createDataFrame(rows).createOrReplaceTempView(name)


def _hadoop(path: str) -> str:
    """A file as Spark names it: local ones from the root, those of S3 by the name of its own reader."""
    if path.startswith("s3://"):
        return "s3a://" + path.removeprefix("s3://")
    return path if "://" in path else "file://" + os.path.abspath(path)
