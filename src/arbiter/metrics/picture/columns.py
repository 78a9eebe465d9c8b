"""Rows that belong to customers, held as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Mask = NDArray[np.bool_]
Places = NDArray[np.int64]

NEVER = np.iinfo(np.int64).max
"""A moment or a day that has not come: later than all others."""
_CHUNK = 20_000
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Table:
    """Rows, and the place of the customer whom each concerns among all that are looked at."""

    customer: Places
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.customer)

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def where(self, mask: Mask) -> Table:
        """The rows of which something holds."""
        return Table(self.customer[mask], {name: each[mask] for name, each in self.columns.items()})

    def and_(self, **more: Column) -> Table:
        """The same rows with further columns."""
        return Table(self.customer, {**self.columns, **more})

    def of(self, kept: Mask) -> Table:
        """The rows of some customers, whose places are counted anew."""
        inside = self.where(kept[self.customer])
        places = np.cumsum(kept) - 1
        return Table(places[inside.customer].astype(np.int64), inside.columns)

    def per_customer(self, customers: int, weights: Column | None = None) -> Column:
        """How many rows each customer has, or the sum of their weights."""
        return np.bincount(self.customer, weights, minlength=customers)


def day_number(day: date | None) -> int:
    """Return a day as a number since 1970; NEVER for none."""
    return NEVER if day is None else day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """Return the day of a number."""
    return date.fromordinal(int(number) + _EPOCH)


def moment_number(moment: datetime | None) -> int:
    """Return a moment in microseconds since 1970; NEVER for none."""
    if moment is None:
        return NEVER
    since = moment - _BEGIN
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECONDS_A_DAY = 86_400_000_000


def days_of_moments(moments: Column) -> Column:
    """Return the day numbers of moments; NEVER stays."""
    return np.where(moments == NEVER, NEVER, moments // MICROSECONDS_A_DAY)


def columns(
    rows: Iterable[tuple[Any, ...]], shape: Mapping[str, tuple[Callable[[Any], Any], Any]]
) -> dict[str, Column]:
    """Return rows as columns, a few thousand at a time, so that they never stand in memory as objects.

    Args:
        rows: tuples, in the order of the shape.
        shape: for each column how a value is turned into a number or word, and the type of the column.
    """
    parts: dict[str, list[Column]] = {name: [] for name in shape}
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        for (name, (convert, kind)), values in zip(
            shape.items(), zip(*chunk, strict=True), strict=True
        ):
            parts[name].append(np.array([convert(value) for value in values], dtype=kind))
    return {
        name: np.concatenate(parts[name]) if parts[name] else np.array([], dtype=kind)
        for name, (_, kind) in shape.items()
    }
