"""The columns of an answer: of the types its expression says, whichever engine gave it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import ibis
import pyarrow as pa

from arbiter.usage.log.columns import MOMENT

_TYPES = {
    "string": pa.string(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def columns(schema: ibis.Schema) -> pa.Schema:
    """Return the Arrow schema of an expression's schema."""
    return pa.schema([(name, _type(kind)) for name, kind in schema.items()])


def _type(kind: ibis.expr.datatypes.DataType) -> pa.DataType:
    return MOMENT if kind.is_timestamp() else _TYPES[str(kind.copy(nullable=True))]


def fitted(table: pa.Table, schema: ibis.Schema) -> pa.Table:
    """Return a table with the columns of a schema: engines count in types of their own."""
    wanted = columns(schema)
    return table.select(wanted.names).cast(wanted)


def from_rows(rows: Iterable[Sequence[Any]], schema: ibis.Schema) -> pa.Table:
    """Return rows of an engine that knows no Arrow as a table."""
    wanted = columns(schema)
    each = list(zip(*rows, strict=True)) or [()] * len(wanted)
    arrays = [
        pa.array(_plain(values, field.type), type=field.type)
        for values, field in zip(each, wanted, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=wanted)


def _plain(values: Sequence[Any], kind: pa.DataType) -> list[Any]:
    """Decimals, in which PostgreSQL adds whole numbers, as numbers of the column's own type."""
    number = {pa.int64(): int, pa.float64(): float}.get(kind)
    if number is None:
        return list(values)
    return [None if value is None else number(value) for value in values]
