"""Files of events, read by DuckDB as fast as it can, each row once: good rows become rows of the log, bad ones are named.

Rows wait in a file beside, however many: DuckDB's own tables would have to fit its memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from arbiter.foundation.refusals import Refusal
from arbiter.usage.log import conditions, spelling
from arbiter.usage.log.conditions import COLUMNS, HASH, MOMENTS, REQUIRED, TEXTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
LOOKED_AT = 64 * 1024
# Groups are held in memory until they are written, one of each thread.
ROWS_IN_A_GROUP = 30_720
ROWS_IN_A_GROUP_IF_WIDE, MEGABYTES_IF_WIDE = 2_048, 320
MOST_NAMED = 10_000
"""So many bad rows are named one by one; a file with more is not what it should be."""
_MOMENT_TYPES = ("TIMESTAMP", "DATE")


class NotEvents(Refusal):
    """A file that is no file of events."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that was not taken: where it is, what it says, and what to write instead."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Read:
    """What came of a file: how many rows, and what is bad."""

    rows: int
    bad_rows: int
    bad: Sequence[Bad] = field(default=())
    unknown: Sequence[str] = field(default=())


def ending(path: Path) -> str:
    """Return the ending that says what a file holds: `.jsonl` of `events.jsonl.gz`."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


def read(connection: DuckDBPyConnection, path: Path, to: Path, *, at: datetime) -> Read:
    """Read a file, and write its rows to another; of those only the ones that are `ok` count.

    Args:
        connection: of DuckDB, in UTC.
        path: CSV, JSON lines or Parquet; the first two may be gzipped.
        to: the Parquet file that is made.
        at: now: nothing may have happened a day later.

    Raises:
        NotEvents: it has another ending, lacks a column, or cannot be read at all.
    """
    import duckdb

    try:
        told, unknown, first_line = _told(connection, path, to.with_suffix(".text"))
        until = f"{at.astimezone(UTC) + timedelta(days=1):%Y-%m-%d %H:%M:%S}+00"
        _copy(connection, _rows(told, until), to)
        stage = f"read_parquet({_text(str(to))}, file_row_number = true)"
        ((rows, bad_rows),) = connection.sql(
            f"SELECT count(*), count(*) FILTER (NOT ok) FROM {stage} WHERE NOT is_blank"  # noqa: S608
        ).fetchall()
        broken = list(_broken(connection))
        bad = _bad(connection, stage, until, first_line) if bad_rows else ()
        every = sorted([*broken, *_moved_down(bad, broken)], key=lambda each: each.line)
    except duckdb.Error as trouble:
        raise NotEvents(f"{path.name} cannot be read: {str(trouble).splitlines()[0]}") from trouble
    return Read(rows + len(broken), bad_rows + len(broken), every, unknown)


def _copy(connection: DuckDBPyConnection, rows: str, to: Path) -> None:
    """Write rows to a file; rows of many kilobytes one thread after the other, for they would fill the memory."""
    import duckdb

    copy = f"COPY ({rows}) TO {_text(str(to))} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE "
    try:
        connection.execute(f"{copy} {ROWS_IN_A_GROUP})")
    except duckdb.OutOfMemoryException:
        connection.execute(f"SET threads = 1; SET memory_limit = '{MEGABYTES_IF_WIDE}MB'")
        connection.execute(f"{copy} {ROWS_IN_A_GROUP_IF_WIDE})")


def _told(
    connection: DuckDBPyConnection, path: Path, beside: Path
) -> tuple[str, Sequence[str], int]:
    """Return SQL of the table `told`, the columns nobody knows, and the line of the first row."""
    kind = ending(path)
    if kind not in ENDINGS:
        raise NotEvents(f"{path.name} is no file of events: it should end in {', '.join(ENDINGS)}, or in .gz after that.")  # fmt: skip
    if kind in {".jsonl", ".ndjson"}:
        return _told_in_json(path), (), 1
    if kind == ".parquet":
        source, line = f"read_parquet({_text(str(path))})", 1
    else:
        source, line = _csv(spelling.in_utf8(path, beside)), 2
    types = dict(
        connection.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM {source})").fetchall()  # noqa: S608
    )
    names = {name.strip().casefold(): name for name in types}
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise NotEvents(
            f"{path.name} has no column {', '.join(missing)}. A file of events has at least {', '.join(REQUIRED)}."
        )
    unknown = [name for plain, name in names.items() if plain not in COLUMNS]
    return _told_in_columns(source, names, types, unknown), unknown, line


def _told_in_columns(
    source: str, names: Mapping[str, str], types: Mapping[str, str], unknown: Sequence[str]
) -> str:
    parts = ["false AS is_blank", "true AS is_json"]
    parts += [f"{_as_text(name, names, types)} AS {name}" for name in TEXTS]
    for name in MOMENTS:
        text = _as_text(name, names, types)
        is_moment = name in names and types[names[name]].startswith(_MOMENT_TYPES)
        read = f"{_name(names[name])}::TIMESTAMPTZ" if is_moment else conditions.moment(text)
        parts += [f"{text} AS {name}_text", f"{read} AS {name}_moment"]
    return f"SELECT {', '.join(parts)} FROM {source}"  # noqa: S608


def _as_text(name: str, names: Mapping[str, str], types: Mapping[str, str]) -> str:
    if name not in names:
        return "NULL::VARCHAR"
    column = _name(names[name])
    if types[names[name]].startswith(("STRUCT", "MAP")):
        column = f"to_json({column})"
    return f"nullif(trim({column}::VARCHAR), '')"


def _told_in_json(path: Path) -> str:
    """Each line is one object. What is no JSON stays as a row, so that its line can be named."""
    lines = (
        f"read_csv({_text(str(path))}, columns = {{'said': 'VARCHAR'}}, header = false, delim = '\x01', quote = '', "
        "escape = '', auto_detect = false)"
    )
    paths = ", ".join(f"'$.{name}'" for name in COLUMNS)
    found = {name: f"nullif(trim(each[{place}]), '')" for place, name in enumerate(COLUMNS, 1)}
    texts = [f"{found[name]} AS {name}" for name in TEXTS]
    moments = [
        part
        for name in MOMENTS
        for part in (
            f"{found[name]} AS {name}_text",
            f"{conditions.moment(found[name])} AS {name}_moment",
        )
    ]
    return f"""SELECT is_blank, is_json, {", ".join([*texts, *moments])} FROM (
        SELECT coalesce(trim(said), '') = '' AS is_blank, coalesce(CASE WHEN json_valid(said) THEN json_type(said) = 'OBJECT' END, false) AS is_json,
        CASE WHEN json_valid(said) THEN json_extract_string(said, [{paths}]) END AS each FROM {lines}
    )"""  # noqa: S608


def _rows(told: str, until: str) -> str:
    """Return SQL of rows, each with whether it is an event, and what it said if it is none."""
    good = " AND ".join(f"coalesce({rule.holds}, false)" for rule in conditions.rules(until))
    said = ", ".join(f"'{name}': {name}" for name in (*TEXTS, *_moment_columns(), "is_json"))
    return f"""SELECT customer_id IS NOT NULL AND (user_id IS NOT NULL OR anonymous_id IS NULL) AS settled,
        strftime(at_moment AT TIME ZONE 'UTC', '%Y-%m') AS month, customer_id, user_id, anonymous_id,
        coalesce(kind, 'track') AS kind, coalesce(event, '') AS event, at_moment AS "at",
        coalesce(recorded_at_moment, at_moment) AS recorded_at, message_id,
        {HASH.format(source="'0'")} AS message_hash, properties,
        is_blank, ok, CASE WHEN NOT ok THEN {{{said}}} END AS said
    FROM (SELECT *, {good} AS ok FROM ({told}))"""  # noqa: S608


def _moment_columns() -> list[str]:
    return [f"{name}_{what}" for name in MOMENTS for what in ("text", "moment")]


def _bad(connection: DuckDBPyConnection, stage: str, until: str, first_line: int) -> Iterator[Bad]:
    """Find words for the rows that are not ok; a row may be wrong in several ways."""
    checks = [
        f"CASE WHEN NOT coalesce({rule.holds}, false) THEN "
        f"{{'column': '{rule.column}', 'value': {_told_text(rule.column)}, 'reason': {rule.reason}}} END"
        for rule in conditions.rules(until)
    ]
    sql = f"""
    SELECT file_row_number + {first_line} AS line, is_json, unnest(list_filter([{", ".join(checks)}], lambda x: x IS NOT NULL))
    FROM (SELECT file_row_number, unnest(said) FROM {stage} WHERE NOT ok AND NOT is_blank LIMIT {MOST_NAMED})
    ORDER BY line
    """  # noqa: S608
    seen: set[tuple[int, str]] = set()
    for line, is_json, wrong in connection.sql(sql).fetchall():
        column = wrong["column"] if is_json else ""
        if (line, column) not in seen:
            seen.add((line, column))
            reason = (
                wrong["reason"]
                if is_json
                else "the line is no JSON object. Write one object a line."
            )
            yield Bad(line, column, (wrong["value"] or "") if is_json else "", reason)


def _told_text(column: str) -> str:
    return f"coalesce({column}_text, '')" if column in MOMENTS else f"coalesce({column}, '')"


def _broken(connection: DuckDBPyConnection) -> Iterator[Bad]:
    """Yield the lines of a CSV file that are no rows: too many cells, a quotation that does not end."""
    tables = {name for (name,) in connection.sql("SELECT table_name FROM duckdb_tables()").fetchall()}  # fmt: skip
    if "reject_errors" not in tables:
        return
    found = connection.sql("SELECT DISTINCT line, error_type FROM reject_errors ORDER BY ALL").fetchall()  # fmt: skip
    for line, trouble in found:
        yield Bad(line, "", "", f"the row cannot be read ({str(trouble).lower()}). Correct it.")
    connection.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")


def _moved_down(bad: Iterable[Bad], broken: Sequence[Bad]) -> Iterator[Bad]:
    """Count the broken lines in: they are no rows, but stand between them."""
    lines = [each.line for each in broken]
    passed = 0
    for each in bad:
        while passed < len(lines) and lines[passed] <= each.line + passed:
            passed += 1
        yield replace(each, line=each.line + passed)


def _csv(path: Path) -> str:
    return (
        f"read_csv({_text(str(path))}, header = true, skip = 0, all_varchar = true, delim = '{spelling.delimiter(path)}', "
        "quote = '\"', escape = '\"', ignore_errors = true, store_rejects = true)"
    )


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
