"""Rows of files before they are in the log: which of them are new, and what they say of who is who."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import pyarrow as pa

from arbiter.usage.log.columns import SCHEMA, SORTED_BY
from arbiter.usage.log.conditions import HASH
from arbiter.usage.log.order import ROWS_AT_ONCE
from arbiter.usage.log.table import Log

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STAGE = "stage"
_NAMES = ", ".join(f'"{name}"' for name in SCHEMA.names)
Pairs = dict[tuple[str, str], datetime]


def open_stage(connection: DuckDBPyConnection, parts: Sequence[str]) -> str:
    """Let a connection read what files became, and return the name it has there."""
    listed = ", ".join("'" + part.replace("'", "''") + "'" for part in parts)
    connection.execute(
        f"CREATE VIEW {STAGE} AS SELECT {_NAMES}, filename, file_row_number "  # noqa: S608
        f"FROM read_parquet([{listed}], filename = true, file_row_number = true, hive_partitioning = false) WHERE ok"
    )
    connection.execute("CREATE TEMP TABLE repeat (filename VARCHAR, file_row_number BIGINT)")
    return STAGE


def find_repeats(
    connection: DuckDBPyConnection, stage: str, log: Log, sources: Sequence[int]
) -> int:
    """Find the rows whose message came before, in the files or in the log from wherever; return how many."""
    connection.execute(_AGAIN_IN_FILES.format(stage=stage))
    for settled in (True, False):
        log.show(connection, f"log_{settled}".lower(), settled=settled)
        for source in (0, *sources):
            counted = "message_hash" if source == 0 else HASH.format(source=f"'{source}'")
            connection.execute(
                _HELD.format(stage=stage, log=f"log_{settled}".lower(), source=source, hash=counted)
            )
    ((count,),) = connection.sql("SELECT count(DISTINCT repeat) FROM repeat").fetchall()
    return int(count)


def new(connection: DuckDBPyConnection, stage: str) -> pa.RecordBatchReader:
    """Return the rows that are new, sorted as the log is: one month after the other, so that few files are open."""
    order = ", ".join(f'"{name}"' for name in ("settled", "month", *SORTED_BY))
    found = connection.sql(
        f"SELECT {_NAMES} FROM {stage} ANTI JOIN repeat USING (filename, file_row_number) ORDER BY {order}"  # noqa: S608
    )
    return found.to_arrow_reader(ROWS_AT_ONCE).cast(SCHEMA)


def memberships(connection: DuckDBPyConnection, stage: str, most: int) -> Iterator[Pairs]:
    """Yield users with a customer they were seen at, and since when that is known."""
    yield from _pairs(connection, _SEEN.format(stage=stage), most)


def aliases(connection: DuckDBPyConnection, stage: str, most: int) -> Iterator[Pairs]:
    """Yield users with another name of theirs, and since when that is known: what identify calls said."""
    yield from _pairs(connection, _SAME.format(stage=stage), most)


def import_ids(connection: DuckDBPyConnection, log: Log) -> set[int]:
    """Return the imports of which the log holds events."""
    for settled in (True, False):
        log.show(connection, f"log_{settled}".lower(), settled=settled)
    found = connection.sql(_IMPORTS).fetchall()
    return {int(number) for (number,) in found}


def _pairs(connection: DuckDBPyConnection, sql: str, most: int) -> Iterator[Pairs]:
    for batch in connection.sql(sql).to_arrow_reader(most):
        one, other, at = (column.to_pylist() for column in batch.columns)
        yield {(a, b): moment for a, b, moment in zip(one, other, at, strict=True)}


_IMPORTS = """
SELECT DISTINCT import_id FROM (
    SELECT import_id FROM log_true UNION ALL SELECT import_id FROM log_false
) WHERE import_id IS NOT NULL
"""
_AGAIN_IN_FILES = """
INSERT INTO repeat SELECT filename, file_row_number FROM (
    SELECT filename, file_row_number,
           row_number() OVER (PARTITION BY message_id ORDER BY filename, file_row_number) AS place
    FROM {stage} WHERE message_hash IN (
        SELECT message_hash FROM {stage} GROUP BY message_hash HAVING count(*) > 1
    )
) WHERE place > 1
"""
_HELD = """
INSERT INTO repeat SELECT filename, file_row_number FROM {stage} WHERE message_id IN (
    SELECT message_id FROM {log} WHERE source = {source} AND message_hash IN (
        SELECT message_hash FROM {log} WHERE message_hash IN (SELECT {hash} FROM {stage})
    )
)
"""
_SEEN = """
SELECT user_id, customer_id, min(recorded_at) FROM {stage}
WHERE user_id IS NOT NULL AND customer_id IS NOT NULL GROUP BY ALL
"""
_SAME = """
SELECT user_id, anonymous_id, min(recorded_at) FROM {stage}
WHERE kind = 'identify' AND user_id IS NOT NULL AND anonymous_id IS NOT NULL GROUP BY ALL
"""
