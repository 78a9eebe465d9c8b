"""A table of events in a user's own PostgreSQL: read where it lies, never written to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self

import ibis
import pyarrow as pa

from arbiter.usage.engines import address, shape
from arbiter.usage.engines.engine import Engine
from arbiter.usage.expressions import events as expressions
from arbiter.usage.expressions.dialects import Dialect

if TYPE_CHECKING:
    import psycopg

# What stands for a column that the table does not have.
_ABSENT = {
    "kind": "'track'",
    "day": "CAST({at} AT TIME ZONE 'UTC' AS DATE)",
    "recorded_at": "{at}",
    "properties": "NULL",
    "message_id": "NULL",
}
_TYPES = {"at": "TIMESTAMPTZ", "recorded_at": "TIMESTAMPTZ", "day": "DATE"}


class Warehouse(Engine):
    """Each of its rows says its customer and its user itself: what Arbiter learnt of people is not joined there."""

    dialect: ClassVar[Dialect] = "postgres"

    def __init__(self, url: str, *, table: str = "events", columns: Sequence[str] = ()) -> None:
        self._url = url
        self._with = _with(address.quoted(table), address.mapped(columns))

    def __enter__(self) -> Self:
        """Connect, to read only."""
        import psycopg

        self._connection: psycopg.Connection[tuple[Any, ...]] = psycopg.connect(
            self._url, options="-c timezone=UTC -c default_transaction_read_only=on"
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Disconnect."""
        self._connection.close()

    def events(self, as_of: datetime) -> ibis.Table:
        """Return the rows of the table that were recorded by a moment."""
        events = ibis.table(expressions.KNOWN, name="events")
        return events.filter(events.recorded_at <= as_of)

    def memberships(self, as_of: datetime) -> ibis.Table:
        """Return nothing: the rows say it themselves."""
        return ibis.table(expressions.MEMBERSHIPS, name="memberships")

    def aliases(self, as_of: datetime) -> ibis.Table:
        """Return nothing: the rows say it themselves."""
        return ibis.table(expressions.ALIASES, name="aliases")

    def sql(self, expr: ibis.Table) -> str:
        """Return the statement, with the table's columns under our names."""
        return f"{self._with}SELECT * FROM (\n{super().sql(expr)}\n) AS answer"  # noqa: S608  # compiled

    def run(self, expr: ibis.Table) -> pa.Table:
        """Return the rows of an expression, in columns of the types it says."""
        found = self._fetched(self.sql(expr))
        return shape.from_rows(found, expr.schema())

    def plan(self, expr: ibis.Table) -> str:
        """Return PostgreSQL's plan."""
        return "\n".join(str(line) for (line,) in self._fetched(f"EXPLAIN {self.sql(expr)}"))

    def _fetched(self, statement: str) -> list[tuple[Any, ...]]:
        # Compiled here from an expression and from names that are quoted: nothing of it was typed into a form.
        with self._connection.transaction():
            return self._connection.execute(statement).fetchall()


def _with(table: str, columns: dict[str, str]) -> str:
    """The table and nobody to look up, under the names that expressions ask for."""
    named = ",\n    ".join(f'{_column(name, columns)} AS "{name}"' for name in expressions.KNOWN)
    nobody = "".join(
        f'"{name}" AS (SELECT {", ".join(_nothing(schema))} WHERE FALSE),\n'
        for name, schema in (
            ("memberships", expressions.MEMBERSHIPS),
            ("aliases", expressions.ALIASES),
        )
    )
    return (
        f'WITH {nobody}"events" AS NOT MATERIALIZED (\n  SELECT\n    {named}\n  FROM {table}\n)\n'
    )


def _column(name: str, columns: dict[str, str]) -> str:
    if name == "source":
        return "CAST(0 AS BIGINT)"
    kind = _TYPES.get(name, "TEXT")
    if name not in columns:
        absent = _ABSENT[name].format(at=_quoted(columns["at"]))
        return f"CAST({absent} AS {kind})"
    return f"CAST({_quoted(columns[name])} AS {kind})"


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _nothing(schema: ibis.Schema) -> list[str]:
    return [f'CAST(NULL AS {_TYPES.get(name, "TEXT")}) AS "{name}"' for name in schema]
