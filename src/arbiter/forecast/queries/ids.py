"""Thousands of ids in one parameter.

`customer__in=[…]` makes Django look at every id a dozen times, a third of what a bulk read costs. These
ids are a sequence like any other, and reach the database as a single list that it unpacks itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, overload

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Expression


class Ids(Sequence[int]):
    """Ids of rows, in order, to be given to reads that take many."""

    def __init__(self, ids: Iterable[int]) -> None:
        self._ids = tuple(ids)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Ids: ...
    def __getitem__(self, place: int | slice) -> int | Ids:
        return Ids(self._ids[place]) if isinstance(place, slice) else self._ids[place]

    def __len__(self) -> int:
        return len(self._ids)

    def resolve_expression(self, *args: Any, **options: Any) -> Unpacked:
        """Become what stands behind IN; Django asks any value for this that can say it."""
        return Unpacked(self._ids)


class Unpacked(Expression):
    """The ids as a subquery of the database's own making."""

    output_field = BigIntegerField()

    def __init__(self, ids: tuple[int, ...]) -> None:
        super().__init__()
        self.ids = ids

    def as_sql(
        self, compiler: Any, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """SQLite unpacks a list in JSON."""
        return "(SELECT value FROM json_each(%s))", (json.dumps(self.ids),)

    def as_postgresql(
        self, compiler: Any, connection: BaseDatabaseWrapper, **more: Any
    ) -> tuple[str, list[Any]]:
        """PostgreSQL unpacks an array."""
        return "(SELECT unnest(%s::bigint[]))", [list(self.ids)]
