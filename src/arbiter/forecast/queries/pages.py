"""Pages by key: the next page costs the same on the first and on the thousandth.

A sort is a row of stretches that follow each other (customers with a date, then those without), each of
which an index serves in order; a page walks along them from where the last one ended.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.functions import Lower

from arbiter.forecast.models import IntentState
from arbiter.forecast.queries.standings import SEALED
from arbiter.foundation.refusals import Refusal

Row = TypeVar("Row", bound=Model)


class CursorInvalid(Refusal):
    """The address of a page was cut or belongs to another order."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that fulfil a condition, in the order of one field and then of their ids."""

    where: Q
    by: str
    descending: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows with the way onward and back; empty where there is none."""

    rows: list[Row]
    next: str
    previous: str


def _known_first(field: str, *, descending: bool = False) -> tuple[Stretch, ...]:
    return (
        Stretch(Q(**{f"{field}__isnull": False}), field, descending),
        Stretch(Q(**{f"{field}__isnull": True}), "pk"),
    )


# What nobody here may read yet stands apart, or its place would tell it.
_ANSWERS: dict[str, Q] = {
    **{
        str(state): Q(intent=state, sealed=False)
        for state in (IntentState.NO, IntentState.NOT_SURE)
    },
    SEALED: Q(sealed=True),
    **{
        str(state): Q(intent=state, sealed=False)
        for state in (IntentState.NO_REPLY, IntentState.NEVER_ASKED, IntentState.YES)
    },
}

SORTS: dict[str, tuple[Stretch, ...]] = {
    "urgency": (Stretch(Q(), "urgency", descending=True),),
    "answer": tuple(
        Stretch(answer & part.where, part.by, group=name)
        for name, answer in _ANSWERS.items()
        for part in _known_first("renews_on")
    ),
    "name": (Stretch(Q(), "name_in_order"),),
    "renews": _known_first("renews_on"),
    "arr": _known_first("arr", descending=True),
    "forecast": _known_first("probability"),
    "heard": _known_first("last_heard_at"),
}
"""Orders of customers by name."""

_OF_CONTRACTS = {"ends": (Stretch(Q(), "ends_on"),)}


def page(
    found: QuerySet[Row],
    *,
    sort: str,
    size: int = 50,
    after: str = "",
    before: str = "",
    groups: Collection[str] | None = None,
) -> Page[Row]:
    """Return one page of rows.

    Args:
        found: the rows, filtered, in no order.
        sort: a key of `SORTS`; or `ends`, for open contracts.
        size: how many rows.
        after: the `next` of the page before; the first page unless given.
        before: the `previous` of the page after.
        groups: of the order by answer, the answers that anybody gave, where that is known already.

    Raises:
        CursorInvalid: `after` or `before` is not what a page gave out for this order.
    """
    stretches, backward = (SORTS | _OF_CONTRACTS)[sort], bool(before)
    start = _decoded(before or after, stretches, found.model)
    places = [
        place
        for place, stretch in enumerate(stretches)
        if groups is None or not stretch.group or stretch.group in groups
    ]
    rows = _walk(found, stretches, places, start, size + 1, backward=backward)
    more = len(rows) > size
    rows = rows[:size]
    if backward:
        rows.reverse()
    onward, back = (True, more) if backward else (more, bool(after))
    return Page(
        rows=[row for _, row in rows],
        next=_encoded(stretches, *rows[-1]) if rows and onward else "",
        previous=_encoded(stretches, *rows[0]) if rows and back else "",
    )


Cursor = tuple[int, Any, int]


def _walk(
    found: QuerySet[Row],
    stretches: tuple[Stretch, ...],
    places: list[int],
    start: Cursor | None,
    size: int,
    *,
    backward: bool,
) -> list[tuple[int, Row]]:
    if backward:
        places = places[::-1]
    if start is not None:
        places = [
            place for place in places if (place <= start[0] if backward else place >= start[0])
        ]
    rows: list[tuple[int, Row]] = []
    for place in places:
        stretch = stretches[place]
        descending = stretch.descending is not backward
        part = _ordered(found.filter(stretch.where), stretch.by, descending, backward)
        if start is not None and place == start[0]:
            part = part.filter(_beyond(stretch.by, start, descending, backward))
        rows += [(place, row) for row in part[: size - len(rows)]]
        if len(rows) == size:
            break
    return rows


def _ordered(rows: QuerySet[Row], by: str, descending: bool, backward: bool) -> QuerySet[Row]:
    if by == "name_in_order":
        rows = cast("QuerySet[Row]", rows.annotate(name_in_order=Lower("name")))
    ids = F("pk").desc() if backward else F("pk").asc()
    if by == "pk":
        return rows.order_by(ids)
    return rows.order_by(F(by).desc() if descending else F(by).asc(), ids)


def _beyond(by: str, start: Cursor, descending: bool, backward: bool) -> Q:
    """The rows past the cursor. The first condition is what an index can search."""
    _, value, pk = start
    past_pk = Q(pk__lt=pk) if backward else Q(pk__gt=pk)
    if by == "pk":
        return past_pk
    side = "lt" if descending else "gt"
    return Q(**{f"{by}__{side}e": value}) & (Q(**{f"{by}__{side}": value}) | past_pk)


def _encoded(stretches: tuple[Stretch, ...], place: int, row: Model) -> str:
    by = stretches[place].by
    value = getattr(row, by)
    told = [place, value if isinstance(value, int | float) else str(value), row.pk]
    return urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


def _decoded(cursor: str, stretches: tuple[Stretch, ...], noun: type[Model]) -> Cursor | None:
    if not cursor:
        return None
    try:
        told = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        place, value, pk = told
        if not (isinstance(place, int) and isinstance(pk, int) and 0 <= place < len(stretches)):
            raise ValueError(told)
        return place, _value(stretches[place].by, value, noun), pk
    except (ValueError, TypeError, ValidationError, ArithmeticError) as problem:
        raise CursorInvalid(
            "This page's address is incomplete: start from the first page."
        ) from problem


def _value(by: str, told: Any, noun: type[Model]) -> Any:
    """The value of a field at which a page ended, as the field holds it."""
    if by == "pk":
        return None
    if by == "name_in_order":
        return str(told)
    value = cast("Field[Any, Any]", noun._meta.get_field(by)).to_python(told)
    if value is None:
        raise ValueError(told)
    return value
