"""Who stands behind a measure: the customers of each part, as far as a person may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Substr
from numpy.typing import NDArray

from arbiter.accounts.queries import customers
from arbiter.foundation.roles import Permission
from arbiter.metrics import packing
from arbiter.metrics.models import NameList
from arbiter.metrics.packing import Stretch
from arbiter.metrics.queries import measures
from arbiter.metrics.queries.measures import Part
from arbiter.metrics.rules import EVERYBODY, SEGMENT, end_of

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer
    from arbiter.foundation.models import Person

SPARE = 5
"""How many more than a page are looked up at first, since some customers may be gone."""
LOOKED_AT_ONCE = 500
"""How many of a list are looked up in one query where the first look was not enough."""
MOST_LOOKED_AT = 10_000


@dataclass(frozen=True)
class Listed:
    """A part of a measure on a day: how many customers it has in the whole company, and where they are stored."""

    part: Part
    customers: int
    pk: int
    head: bytes


class Behind(NamedTuple):
    """A customer as a list names it: what a row shows, and no more."""

    pk: int
    name: str
    segment: str
    owner: str | None


@dataclass(frozen=True)
class Named:
    """A customer behind a measure; what the value means is told by its part."""

    customer: Behind
    value: float | None
    position: int


@dataclass(frozen=True)
class Names:
    """A page of names. `after` leads to the next page, `before` to the one before it.

    `total` counts the whole company's customers of the part, `reachable` those that the person may see.
    """

    rows: tuple[Named, ...]
    after: int | None
    before: int | None
    total: int
    reachable: int


def parts(name: str, day: date) -> list[Listed]:
    """The parts of a measure on a day that were stored; no names are read yet."""
    measure = measures.find(name)
    if measure is None:
        return []
    rows = NameList.objects.filter(measure=name, as_of=end_of(day)).order_by("version")
    asked = rows.values_list("part", "customers", "pk", _bytes(Stretch(0, packing.HEAD, 0)))
    stored = {part: told for part, *told in asked}
    found = ((part, stored[part.kind]) for part in measure.parts if part.kind in stored)
    return [Listed(part, count, pk, bytes(head)) for part, (count, pk, head) in found]


def page(
    person: Person,
    listed: Listed,
    *,
    scope: str = EVERYBODY,
    after: int | None = None,
    before: int | None = None,
    most: int = 50,
) -> Names:
    """A page of the customers behind a part of a measure, the most telling first.

    The list was written with the snapshot and never changes, so that its pages do not shift; customers out
    of the person's reach, or gone since, are left out as it is read.

    Args:
        person: who looks; only customers within their reach are named.
        listed: the part, as `parts` found it.
        scope: everybody, or one segment's customers alone.
        after: the position behind which to go on.
        before: the position before which the page ends; it counts before `after`.
        most: how many rows at most.
    """
    stored = _Stored(listed)
    places = _within_reach(person, stored)
    back = before is not None and bool(np.any(places < before))
    left = _before(places, before or 0) if back else _after(places, after)
    if not len(left):
        end = int(places[-1]) + 1 if len(places) else None
        return Names((), None, end, listed.customers, len(places))
    reach = customers.visible_to(person).select_related(None)
    look = most + SPARE
    if scope != EVERYBODY:
        reach, look = reach.filter(segment=scope.removeprefix(SEGMENT)), 2 * most
    rows, looked_at = _looked_up(reach, stored, left, most=most, look=look)
    first, last = sorted((int(left[0]), looked_at))
    return Names(
        rows=tuple(rows[::-1] if back else rows),
        after=last if last < places[-1] else None,
        before=first if first > places[0] else None,
        total=listed.customers,
        reachable=len(places),
    )


class _Stored:
    """A list as it is stored: the blocks that hold the places asked for are read, and kept."""

    def __init__(self, listed: Listed) -> None:
        self.listed = listed
        self._first = 0
        self._ids: NDArray[np.int64] = np.array([], dtype=np.int64)
        self._values: NDArray[np.float32] = np.array([], dtype=np.float32)

    def ids(self) -> NDArray[np.int64]:
        """The ids of all customers of the list."""
        self._read(packing.whole(self.listed.head))
        return self._ids

    def of(self, places: list[int]) -> list[tuple[int, int, float | None]]:
        """Some places, which are near to each other, each with its customer's id and value."""
        first, last = min(places), max(places)
        if first < self._first or last >= self._first + len(self._ids):
            self._read(packing.stretch(self.listed.head, self.listed.customers, first, last))
        rows = np.array(places) - self._first
        values = self._values[rows].tolist()
        return list(zip(places, self._ids[rows].tolist(), map(_told, values), strict=True))

    def _read(self, stretch: Stretch) -> None:
        rows = NameList.objects.filter(pk=self.listed.pk)
        (data,) = rows.values_list(_bytes(stretch), flat=True)
        self._ids, self._values = packing.unpacked(bytes(data))
        self._first = stretch.first


def _bytes(stretch: Stretch) -> Substr:
    return Substr("packed", stretch.start + 1, stretch.length, output_field=BinaryField())


def _within_reach(person: Person, stored: _Stored) -> NDArray[np.int64]:
    """The places of the customers that a person may see; all of them costs no look."""
    if person.may(Permission.SEE_ALL_CUSTOMERS):
        return np.arange(stored.listed.customers)
    theirs = customers.visible_to(person).select_related(None).values_list("pk", flat=True)
    return np.flatnonzero(np.isin(stored.ids(), list(theirs)))


def _after(places: NDArray[np.int64], after: int | None) -> NDArray[np.int64]:
    return places[np.searchsorted(places, -1 if after is None else after, side="right") :]


def _before(places: NDArray[np.int64], before: int) -> NDArray[np.int64]:
    """The places before one, the nearest first."""
    return places[: np.searchsorted(places, before)][::-1]


_NAMED = ("pk", "name", "segment", "owner__name")


def _looked_up(
    reach: QuerySet[Customer], stored: _Stored, left: NDArray[np.int64], *, most: int, look: int
) -> tuple[list[Named], int]:
    """Look customers up in turn until a page is full; return them, and the place that was looked at last."""
    found: list[Named] = []
    looked = 0
    while looked < min(len(left), MOST_LOOKED_AT):
        rows = stored.of(left[looked : looked + look].tolist())
        looked, look = looked + look, LOOKED_AT_ONCE
        named = reach.filter(pk__in=[pk for _, pk, _ in rows]).order_by()
        seen = {row[0]: Behind(*row) for row in named.values_list(*_NAMED)}
        for place, pk, value in rows:
            if pk in seen:
                found.append(Named(seen[pk], value, place))
            if len(found) == most:
                return found, place
    return found, int(left[:looked][-1])


def _told(value: Any) -> float | None:
    return None if isnan(value) else float(value)
