"""Rows of files before they are in the log: which of them are new, and what they say of who is who."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from arbiter.usage.log.columns import PARTITIONS, SCHEMA, SORTED_BY
from arbiter.usage.log.conditions import HASH
from arbiter.usage.log.table import Log

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STAGE = "stage"
# More than any file has.
MOST_ROWS = 10**12
SORTED_AT_ONCE = 500_000
ROWS_AT_ONCE = 8 * 1024
BYTES_AS_A_ROW = 256
_KNOWN = ("settled", "month", "customer_id", "user_id", "anonymous_id", "kind", "event", '"at"', "recorded_at",
          "message_id", "message_hash", "properties")  # fmt: skip
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Pairs = dict[tuple[str, str], datetime]


def open_stage(connection: DuckDBPyConnection, parts: Sequence[Path]) -> str:
    """Let a connection read what files became, and return the name it has there. Each row has a place, in order."""
    each = [
        f"SELECT {number * MOST_ROWS} + file_row_number AS place, {', '.join(_KNOWN)} "  # noqa: S608
        f"FROM read_parquet('{str(part).replace(chr(39), chr(39) * 2)}', file_row_number = true) WHERE ok"
        for number, part in enumerate(parts)
    ]
    connection.execute(f"CREATE TEMP VIEW {STAGE} AS {' UNION ALL '.join(each)}")
    connection.execute("CREATE TEMP TABLE repeat (place BIGINT)")
    return STAGE


def find_repeats(
    connection: DuckDBPyConnection, stage: str, log: Log, sources: Sequence[int]
) -> int:
    """Find the rows whose message came before, in the files or in the log from wherever; return how many."""
    connection.execute(_AGAIN_IN_FILES.format(stage=stage))
    for settled in (True, False):
        if not log.files(settled):
            continue
        log.show(connection, f"log_{settled}".lower(), settled=settled)
        for source in (0, *sources):
            counted = "message_hash" if source == 0 else HASH.format(source=f"'{source}'")
            connection.execute(
                _HELD.format(stage=stage, log=f"log_{settled}".lower(), source=source, hash=counted)
            )
    ((count,),) = connection.sql("SELECT count(DISTINCT place) FROM repeat").fetchall()
    return int(count)


def new(
    connection: DuckDBPyConnection, stage: str, *, at: datetime, import_id: int | None
) -> pa.RecordBatchReader:
    """Return the rows that are new, sorted as the log is: one month after the other, so that few files are open.

    Args:
        at: now: when they are received.
        import_id: the import they belong to, if any.
    """
    derived = {
        "day": "(\"at\" AT TIME ZONE 'UTC')::DATE",
        "sent_at": "NULL::TIMESTAMPTZ",
        "received_at": f"TIMESTAMPTZ '{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00'",
        "source": "0::BIGINT",
        "import_id": f"{'NULL' if import_id is None else int(import_id)}::BIGINT",
    }
    columns = ", ".join(
        f'{derived.get(name, f"{chr(34)}{name}{chr(34)}")} AS "{name}"' for name in SCHEMA.names
    )
    order = ", ".join(f'"{name}"' for name in (*PARTITIONS, *SORTED_BY))
    fresh = f"SELECT {columns} FROM {stage} ANTI JOIN repeat USING (place)"  # noqa: S608

    def batches() -> Iterator[pa.RecordBatch]:
        for part in _parts(connection, stage):
            found = connection.sql(f"{fresh} WHERE {part} ORDER BY {order}")
            yield from found.to_arrow_reader(ROWS_AT_ONCE).cast(SCHEMA)

    return pa.RecordBatchReader.from_batches(SCHEMA, batches())


def _parts(connection: DuckDBPyConnection, stage: str) -> Iterator[str]:
    """Yield conditions that cut rows into parts which can be sorted in memory: some months, or a part of a month."""
    # Long properties weigh as much as several rows.
    weight = f"(count(*) + coalesce(sum(strlen(properties)), 0) // {BYTES_AS_A_ROW})::BIGINT"
    counted = f"SELECT settled, month, {weight} FROM {stage} GROUP BY ALL ORDER BY ALL"  # noqa: S608
    months: list[str] = []
    size, of = 0, False
    for settled, month, rows in connection.sql(counted).fetchall():
        if months and (settled != of or size + rows > SORTED_AT_ONCE):
            yield _within(of, months)
            months, size = [], 0
        of = settled
        if rows > SORTED_AT_ONCE:
            pieces = ceil(rows / SORTED_AT_ONCE)
            for piece in range(pieces):
                yield f"{_within(of, [month])} AND place % {pieces} = {piece}"
        else:
            months, size = [*months, month], size + rows
    if months:
        yield _within(of, months)


def _within(settled: bool, months: Sequence[str]) -> str:
    listed = ", ".join(f"'{month}'" for month in months)
    return f"settled = {str(settled).lower()} AND month IN ({listed})"


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
        one, other, micros = (column.to_pylist() for column in batch.columns)
        yield {
            (a, b): EPOCH + timedelta(microseconds=at)
            for a, b, at in zip(one, other, micros, strict=True)
        }


_IMPORTS = """
SELECT DISTINCT import_id FROM (
    SELECT import_id FROM log_true UNION ALL SELECT import_id FROM log_false
) WHERE import_id IS NOT NULL
"""
_AGAIN_IN_FILES = """
INSERT INTO repeat SELECT place FROM (
    SELECT place, row_number() OVER (PARTITION BY message_id ORDER BY place) AS time
    FROM {stage} WHERE message_hash IN (
        SELECT message_hash FROM {stage} GROUP BY message_hash HAVING count(*) > 1
    )
) WHERE time > 1
"""
_HELD = """
INSERT INTO repeat SELECT place FROM {stage} WHERE message_id IN (
    SELECT message_id FROM {log} WHERE source = {source} AND message_hash IN (
        SELECT message_hash FROM {log} WHERE message_hash IN (SELECT {hash} FROM {stage})
    )
)
"""
_SEEN = """
SELECT user_id, customer_id, epoch_us(min(recorded_at)) FROM {stage}
WHERE user_id IS NOT NULL AND customer_id IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
_SAME = """
SELECT user_id, anonymous_id, epoch_us(min(recorded_at)) FROM {stage}
WHERE kind = 'identify' AND user_id IS NOT NULL AND anonymous_id IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
