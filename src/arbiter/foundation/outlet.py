"""How rows leave: as text in one canonical form, in one order, so that a file is a function of the data.

A capability says in `queries/outlet.py` which column of a workspace file is read from where (`Shape`). The
same shape tells an import what stands in the table now: both sides of a difference are the same text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Collate

CHUNK = 2_000
# Columns of an identity by which the rows of a parent are looked up.
MOMENTS = ("at", "set_at", "made_at", "recorded_at")

Texts = Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True)
class Shape:
    """A workspace file: which table it is kept in, and the path to the value of each column.

    Attributes:
        file: the file's name without its ending.
        columns: path by column, in the order of the file; empty where no path leads (see `texts`).
        identity: the columns by which a row is the same row.
        customer: path to the id of the customer whose row it is; empty where rows are nobody's, such as surveys.
        owner: path to the id that references to this row must agree on, usually the customer's.
        optional: columns written only where some row uses them.
        texts: for a column without a path, the text by row id.
        only: fields by value, where a table holds other things too; what comes in gets them.
    """

    file: str
    model: type[Model]
    columns: Mapping[str, str]
    identity: tuple[str, ...]
    customer: str = ""
    owner: str = ""
    optional: frozenset[str] = frozenset()
    texts: Mapping[str, Texts] = field(default_factory=dict)
    only: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_single(self) -> bool:
        """Whether there is one row, whatever it says, such as the company itself: its number is 1."""
        return not self.identity

    @property
    def rows(self) -> QuerySet[Any]:
        """The rows that are the file's."""
        return self.model._default_manager.filter(**self.only)

    @property
    def keeps_custom(self) -> bool:
        """Whether columns we do not know are kept beside the row."""
        return any(each.name == "custom" for each in self.model._meta.fields)


@dataclass(frozen=True, slots=True)
class Stored:
    """A row as its file would say it."""

    id: int
    texts: dict[str, str]
    custom: dict[str, str]


def rows(shape: Shape, ids: Sequence[int] | None = None) -> Iterator[Stored]:
    """Yield rows in the order of their identity; all of them, or those of some ids.

    Memory stays bounded however many there are.
    """
    found = shape.rows
    if ids is not None:
        found = found.filter(pk__in=ids)
    paths = [path for path in shape.columns.values() if path]
    named = [name for name, path in shape.columns.items() if path]
    custom = ["custom"] if shape.keeps_custom else []
    values = _ordered(found, shape).values_list("pk", *custom, *paths)
    for chunk in _chunks(values.iterator(chunk_size=CHUNK)):
        extra = {name: texts([row[0] for row in chunk]) for name, texts in shape.texts.items()}
        for row in chunk:
            texts = dict(zip(named, map(text_of, row[1 + len(custom) :]), strict=True))
            texts.update((name, found.get(row[0], "")) for name, found in extra.items())
            yield Stored(row[0], texts, row[1] if custom else {})


def used(shape: Shape) -> list[str]:
    """Return the columns a file needs: the usual ones, and those optional ones that some row uses."""
    return [name for name in shape.columns if name not in shape.optional or _is_used(shape, name)]


def custom_columns(shape: Shape) -> list[str]:
    """Return the columns that came with a file and that we do not know, in alphabetical order."""
    if not shape.keeps_custom:
        return []
    seen: set[str] = set()
    kept = shape.rows.exclude(custom={}).values_list("custom", flat=True)
    for custom in kept.iterator(chunk_size=CHUNK):
        seen.update(custom)
    return sorted(seen)


def is_empty(shape: Shape) -> bool:
    """Say whether the table holds no row at all."""
    return not shape.rows.exists()


def there(shape: Shape, keys: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return id and owner of the rows that have these keys; for shapes known by one key."""
    path = shape.columns[shape.identity[0]]
    found = shape.rows.filter(**{f"{path}__in": keys})
    owner = shape.owner or shape.customer
    if not owner:
        return {text_of(key): (pk, 0) for key, pk in found.values_list(path, "pk")}
    return {key: (pk, whose) for key, pk, whose in found.values_list(path, "pk", owner)}


def there_among(
    shape: Shape, parent: str, parents: Sequence[int], *, since: str, until: str
) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield identity and id of the rows of some parents, where rows have a moment between two; for shapes without a key.

    Without a parent all rows are meant: a company has few of those.
    """
    found = shape.rows
    if parent:
        found = found.filter(**{f"{parent}__in": parents})
    moment = next((name for name in shape.identity if name in MOMENTS), "")
    if moment:
        at = shape.columns[moment]
        found = found.filter(**{f"{at}__gte": since, f"{at}__lte": until})
    paths = [shape.columns[name] for name in shape.identity]
    for row in found.values_list("pk", *paths).iterator(chunk_size=CHUNK):
        yield tuple(map(text_of, row[1:])), row[0]


def text_of(value: Any) -> str:
    """Return the one text of a value: empty for unknown, UTC with `Z` for an instant, plain decimals.

    >>> text_of(Decimal("1200.50")), text_of(True), text_of(None), text_of(12.0)
    ('1200.5', 'true', '', '12')
    """
    return _TEXT[type(value)](value)


def json_text(value: Any) -> str:
    """Return a JSON value as it leaves, whatever order its names came in.

    >>> json_text({"on": "every", "months": 6})
    '{"months": 6, "on": "every"}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)


def decimal_text(value: Decimal) -> str:
    """Return a decimal without exponent and without zeros that say nothing."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def instant_text(value: datetime) -> str:
    """Return an instant in UTC, as RFC 3339 writes it."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def float_text(value: float) -> str:
    """Return a number as short as it can be told apart."""
    text = repr(value)
    return text.removesuffix(".0") if text != "-0.0" else "0"


def listed(keys: Iterable[str]) -> str:
    """Return keys in one cell, parted by `;`; a key that holds one is quoted.

    >>> listed(["ana", "a;b"])
    'ana;"a;b"'
    """
    return ";".join(_quoted(key) if _needs_quotes(key) else key for key in keys)


def _needs_quotes(key: str) -> bool:
    return any(mark in key for mark in ';"\r\n')


def _quoted(key: str) -> str:
    return '"' + key.replace('"', '""') + '"'


_TEXT: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    str: lambda value: value,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: float_text,
    Decimal: decimal_text,
    date: date.isoformat,
    datetime: instant_text,
    dict: json_text,
    list: json_text,
}


def _ordered(found: QuerySet[Any], shape: Shape) -> QuerySet[Any]:
    # PostgreSQL orders text by its own locale, SQLite by bytes: a file must not depend on which.
    collation = "C" if connection.vendor == "postgresql" else "BINARY"
    order = []
    for name in shape.identity:
        path = shape.columns[name]
        is_text = _is_text(shape.model, path)
        order.append(Collate(F(path), collation) if is_text else F(path))
    return found.order_by(*(each.asc(nulls_first=True) for each in order), "pk")


def _is_text(model: type[Model], path: str) -> bool:
    *hops, last = path.split("__")
    for hop in hops:
        related = model._meta.get_field(hop).related_model
        assert isinstance(related, type)
        model = related
    return model._meta.get_field(last).get_internal_type() in {
        "CharField",
        "EmailField",
        "SlugField",
        "TextField",
    }


def _is_used(shape: Shape, name: str) -> bool:
    path = shape.columns[name]
    if not path:
        return True
    unused = Q(**{path: False}) if _is_switch(shape.model, path) else Q(**{f"{path}__isnull": True})
    if _is_text(shape.model, path):
        unused |= Q(**{path: ""})
    return shape.rows.exclude(unused).exists()


def _is_switch(model: type[Model], path: str) -> bool:
    if "__" in path:
        return False
    kept = model._meta.get_field(path)
    return kept.get_internal_type() == "BooleanField" and not kept.null


def _chunks(found: Iterator[Any]) -> Iterator[list[Any]]:
    chunk = []
    for row in found:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
