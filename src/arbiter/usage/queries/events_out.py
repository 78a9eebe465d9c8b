"""All events as one file: the same events give the same bytes, wherever and however they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from arbiter.usage.log.duck import duck
from arbiter.usage.log.table import open_log

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

ROWS_IN_A_GROUP = 128 * 1024
USUAL = ("message_id", "at", "customer_id", "user_id", "event", "properties")
# Columns that are written only where they say something: what shows it.
OPTIONAL = {
    "recorded_at": 'recorded_at <> "at"',
    "kind": "kind <> 'track'",
    "anonymous_id": "anonymous_id IS NOT NULL",
}


def is_empty() -> bool:
    """Say whether there is no event at all."""
    return open_log().rows == 0


def write(path: Path) -> tuple[int, datetime | None]:
    """Write every event to a Parquet file; return how many, and the newest moment at which one became known."""
    import pyarrow.parquet as pq

    log = open_log()
    with duck(megabytes=512) as connection:
        for settled in (True, False):
            log.show(connection, f"log_{settled}".lower(), settled=settled)
        connection.execute("CREATE TEMP VIEW log AS FROM log_true UNION ALL FROM log_false")
        _name_apart(connection)
        ((rows, newest),) = connection.sql("SELECT count(*), max(recorded_at) FROM log").fetchall()
        events = connection.sql(_ordered(connection)).to_arrow_reader(ROWS_IN_A_GROUP)
        with pq.ParquetWriter(path, events.schema, compression="zstd") as file:
            for group in _groups(events):
                file.write_table(group, row_group_size=ROWS_IN_A_GROUP)
    return int(rows), newest


def _name_apart(connection: DuckDBPyConnection) -> None:
    """Where two sources use the same message id, the file tells them apart: in it, an id is one event's."""
    connection.execute(
        "CREATE TEMP TABLE shared AS SELECT message_id FROM log "
        "WHERE (SELECT count(DISTINCT source) FROM log) > 1 GROUP BY message_id HAVING count(*) > 1"
    )


def _ordered(connection: DuckDBPyConnection) -> str:
    used = [name for name, sign in OPTIONAL.items() if _any(connection, sign)]
    named = ", ".join(f'"{name}"' for name in (*USUAL[1:], *used))
    return f"""
    SELECT CASE WHEN source <> 0 AND message_id IN (FROM shared) THEN source || ':' || message_id
                ELSE message_id END AS message_id, {named}
    FROM log ORDER BY customer_id NULLS FIRST, "at", message_id
    """  # noqa: S608


def _any(connection: DuckDBPyConnection, sign: str) -> bool:
    return bool(connection.sql(f"SELECT 1 FROM log WHERE {sign} LIMIT 1").fetchall())  # noqa: S608


def _groups(events: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Yield groups of equal size, however the rows came."""
    import pyarrow as pa

    held = events.schema.empty_table()
    for batch in events:
        held = pa.concat_tables([held, pa.Table.from_batches([batch])])
        while held.num_rows >= ROWS_IN_A_GROUP:
            yield held.slice(0, ROWS_IN_A_GROUP)
            held = held.slice(ROWS_IN_A_GROUP)
    if held.num_rows:
        yield held.combine_chunks()
