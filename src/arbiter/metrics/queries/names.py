"""Who stands behind a measure: the customers of each part, as far as a person may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import TYPE_CHECKING

from arbiter.accounts.queries import customers
from arbiter.metrics.models import NameList
from arbiter.metrics.packing import unpacked
from arbiter.metrics.queries import measures
from arbiter.metrics.queries.measures import Part
from arbiter.metrics.rules import EVERYBODY, SEGMENT, end_of

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer
    from arbiter.foundation.models import Person

LOOKED_AT_ONCE = 500
"""How many of a list are looked up in one query; most pages need one."""
MOST_LOOKS = 20


@dataclass(frozen=True)
class Named:
    """A customer behind a measure; what the value means is told by its part."""

    customer: Customer
    value: float | None
    position: int


@dataclass(frozen=True)
class Names:
    """A page of names. `after` leads to the next; `total` counts the whole company's."""

    rows: tuple[Named, ...]
    after: int | None
    total: int


def kinds(name: str, day: date) -> list[tuple[Part, int]]:
    """The parts of a measure on a day, with how many customers each has in the whole company."""
    measure = measures.find(name)
    if measure is None:
        return []
    rows = NameList.objects.filter(measure=name, as_of=end_of(day)).order_by("version")
    counts = dict(rows.values_list("part", "customers"))
    return [(part, counts[part.kind]) for part in measure.parts if part.kind in counts]


def page(
    person: Person,
    name: str,
    kind: str,
    day: date,
    *,
    scope: str = EVERYBODY,
    after: int | None = None,
    most: int = 50,
) -> Names:
    """A page of the customers behind a part of a measure, the most telling first.

    The list was written with the snapshot and never changes, so that its pages do not shift; customers out
    of the person's reach, or gone since, are left out as it is read.

    Args:
        person: who looks; only customers within their reach are named.
        name: the measure.
        kind: the part.
        day: a day that was measured.
        scope: everybody, or one segment's customers alone.
        after: the position behind which to go on.
        most: how many rows at most.
    """
    listed = NameList.objects.filter(measure=name, part=kind, as_of=end_of(day))
    row = listed.order_by("-version").first()
    if row is None:
        return Names((), None, 0)
    ids, values = unpacked(row.packed, row.customers)
    reach = customers.visible_to(person)
    if scope != EVERYBODY:
        reach = reach.filter(segment=scope.removeprefix(SEGMENT))
    found: list[Named] = []
    begin = 0 if after is None else after + 1
    for start in range(
        begin, min(row.customers, begin + MOST_LOOKS * LOOKED_AT_ONCE), LOOKED_AT_ONCE
    ):
        chunk = ids[start : start + LOOKED_AT_ONCE].tolist()
        seen = reach.in_bulk(chunk)
        for position, pk in enumerate(chunk, start):
            if pk in seen:
                found.append(Named(seen[pk], _told(float(values[position])), position))
            if len(found) == most:
                return Names(tuple(found), _next(position, row.customers), row.customers)
    end = min(row.customers, begin + MOST_LOOKS * LOOKED_AT_ONCE) - 1
    return Names(tuple(found), _next(end, row.customers), row.customers)


def _next(position: int, size: int) -> int | None:
    return position if position + 1 < size else None


def _told(value: float) -> float | None:
    return None if isnan(value) else value
