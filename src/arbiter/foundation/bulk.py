"""Rows by the thousand, straight into a table: one prepared statement, or COPY on PostgreSQL.

No model instance is made, no signal is sent and no default is filled in: who calls this gives every column.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import DateField, Field, Max, Model, QuerySet, TextField
from django.db.models.functions import Cast

from arbiter.foundation.outlet import json_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def reserve(model: type[Model], count: int) -> list[int]:
    """Return ids that no row has and no other row will get. Call it inside the writing transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # SQLite lets in one writer at a time, and remembers the highest id it ever gave.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    highest = max(found[0] if found else 0, _highest(model))
    return list(range(highest + 1, highest + 1 + count))


def insert(model: type[Model], columns: Mapping[str, Iterable[Any]]) -> None:
    """Write rows given by column."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    rows = zip(*columns.values(), strict=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(  # a generator will do, whatever the annotation says
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
                rows,  # type: ignore[arg-type]
            )


def insert_missing(model: type[Model], columns: Mapping[str, Sequence[Any]]) -> None:
    """Write rows given by column, and leave alone those that are there already."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING",  # noqa: S608
            list(zip(*columns.values(), strict=True)),
        )


@contextmanager
def much_in_memory() -> Iterator[None]:
    """Let what is in memory already alone while rows by the thousand come and go.

    Python would look through all of it again and again for what nobody holds: a fifth of the time of such work.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def rows(found: QuerySet[Any], *columns: str) -> list[tuple[Any, ...]]:
    """Read some columns of rows, as they are kept: days, moments and JSON as texts, which are not taken apart."""
    days = {field.name for field in found.model._meta.fields if isinstance(field, DateField)}
    told = [Cast(name, TextField()) if name in days else name for name in columns]
    statement, params = found.values_list(*told).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def day_numbers(texts: Sequence[str | None]) -> NDArray[np.int64]:
    """Return the numbers, as of `date.toordinal`, of the UTC days of days or moments that `rows` read; else 0."""
    import numpy as np

    days = np.array([text[:10] if text else "0000-12-31" for text in texts], "datetime64[D]")
    return days.astype(np.int64) + date(1970, 1, 1).toordinal()


def update(
    model: type[Model], columns: Mapping[str, Sequence[Any]], ids: Sequence[int], *, by: str = "id"
) -> None:
    """Change some columns of rows, given by column; `by` names the column that `ids` are of."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(f"{connection.ops.quote_name(column)} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {names} WHERE {by} = %s",  # noqa: S608
            list(zip(*columns.values(), ids, strict=True)),
        )


def stored(kept: Field[Any, Any], texts: Sequence[str]) -> Sequence[Any]:
    """Return what the database is given for canonical texts of a field."""
    kind = kept.get_internal_type()
    if kind in {"CharField", "TextField", "EmailField", "SlugField"}:
        if not kept.has_default():
            return texts
        usual = str(kept.get_default())
        return [text or usual for text in texts]
    if kind == "JSONField" and kept.has_default():
        return [text or json_text(kept.get_default()) for text in texts]
    if kind == "FloatField":
        # SQLite reads a number from text with an error in the last digit.
        return [float(text) if text else None for text in texts]
    if kind == "BooleanField":
        blank = None if kept.null else kept.get_default()
        said = {"true": True, "false": False, "": blank}
        return [said[text] for text in texts]
    if kept.has_default() and not kept.null:
        return [text or kept.get_default() for text in texts]
    if kind == "DateTimeField" and connection.vendor == "sqlite":
        # Django writes instants on SQLite as UTC without its mark; text must compare with its own.
        return [text[:10] + " " + text[11:-1] if text else None for text in texts]
    return [text or None for text in texts]


def _highest(model: type[Model]) -> int:
    return model._default_manager.aggregate(highest=Max("pk"))["highest"] or 0
