"""Who stands behind a measure: the customers of each part, as far as a person may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from arbiter.accounts.queries import customers
from arbiter.foundation.roles import Permission
from arbiter.metrics.models import NameList
from arbiter.metrics.packing import unpacked
from arbiter.metrics.queries import measures
from arbiter.metrics.queries.measures import Part
from arbiter.metrics.rules import EVERYBODY, SEGMENT, end_of

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer
    from arbiter.foundation.models import Person

LOOKED_AT_ONCE = 500
"""How many of a list are looked up in one query where the first look, at twice a page, was not enough."""
MOST_LOOKED_AT = 10_000


@dataclass(frozen=True)
class Named:
    """A customer behind a measure; what the value means is told by its part."""

    customer: Customer
    value: float | None
    position: int


@dataclass(frozen=True)
class Names:
    """A page of names. `after` leads to the next page.

    `total` counts the whole company's customers of the part, `reachable` those that the person may see.
    """

    rows: tuple[Named, ...]
    after: int | None
    total: int
    reachable: int


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
        return Names((), None, 0, 0)
    ids, values = unpacked(row.packed, row.customers)
    reach = customers.visible_to(person)
    if scope != EVERYBODY:
        reach = reach.filter(segment=scope.removeprefix(SEGMENT))
    places = _within_reach(person, ids)
    left = places[np.searchsorted(places, -1 if after is None else after, side="right") :]
    found: list[Named] = []
    look, looked = 2 * most, 0
    while looked < min(len(left), MOST_LOOKED_AT):
        chunk = left[looked : looked + look].tolist()
        looked, look = looked + look, LOOKED_AT_ONCE
        seen = reach.in_bulk([int(ids[place]) for place in chunk])
        for place in chunk:
            customer = seen.get(int(ids[place]))
            if customer is not None:
                found.append(Named(customer, _told(float(values[place])), place))
            if len(found) == most:
                return Names(tuple(found), _next(place, left), row.customers, len(places))
    last = left[:looked][-1:].tolist()
    after = _next(last[0], left) if last else None
    return Names(tuple(found), after, row.customers, len(places))


def _within_reach(person: Person, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of the customers that a person may see; all of them costs no look."""
    if person.may(Permission.SEE_ALL_CUSTOMERS):
        return np.arange(len(ids))
    theirs = customers.visible_to(person).select_related(None).values_list("pk", flat=True)
    return np.flatnonzero(np.isin(ids, list(theirs)))


def _next(place: int, left: NDArray[np.int64]) -> int | None:
    return place if place != left[-1] else None


def _told(value: float) -> float | None:
    return None if isnan(value) else value
