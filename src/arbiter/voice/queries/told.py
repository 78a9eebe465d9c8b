"""Asks, answers and feedback row by row, as their files would say them: for programs that read a part of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from arbiter.accounts import permissions
from arbiter.foundation import outlet
from arbiter.foundation.outlet import Shape, Stored
from arbiter.voice.queries.feedback_outlet import FEEDBACK
from arbiter.voice.queries.outlet import ANSWERS, ASKS

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

PIECE = 2_000
SHAPES = {shape.file: shape for shape in (ASKS, ANSWERS, FEEDBACK)}
_VIA = {"asks": "contact__customer__", "answers": "contact__customer__", "feedback": "customer__"}


@dataclass(frozen=True)
class Part:
    """Which rows are meant: of one customer, from a moment on; empty stands for all."""

    customer: str = ""
    since: datetime | None = None

    def condition(self, file: str) -> Q:
        """The rows of a file that are meant."""
        meant = Q(**{f"{_VIA[file]}key": self.customer}) if self.customer else Q()
        return meant & Q(at__gte=self.since) if self.since else meant


def page(
    file: str, *, person: Person, after: int, most: int, part: Part | None = None
) -> list[Stored]:
    """Return the rows that a person may see and that were kept after one, the oldest first: for reading on and on.

    Args:
        file: asks, answers or feedback.
        person: who reads.
        after: the number of the last row read before; 0 for the beginning.
        most: how many at most.
        part: which of them are meant.
    """
    shape = SHAPES[file]
    seen = permissions.within_reach(person, via=_VIA[file])
    return _rows(shape, list(_kept(shape, part or Part(), after).filter(seen)[:most]))


def everything(file: str, *, part: Part | None = None) -> Iterator[Stored]:
    """Yield every row that is meant, the one kept first at first; memory stays bounded."""
    shape, after = SHAPES[file], 0
    while ids := list(_kept(shape, part or Part(), after)[:PIECE]):
        yield from _rows(shape, ids)
        after = ids[-1]


def _kept(shape: Shape, part: Part, after: int) -> QuerySet[Any, int]:
    found = shape.model._default_manager.filter(part.condition(shape.file), pk__gt=after)
    return found.order_by("pk").values_list("pk", flat=True)


def _rows(shape: Shape, ids: Sequence[int]) -> list[Stored]:
    found = {row.id: row for row in outlet.rows(shape, ids)}
    return [found[pk] for pk in ids if pk in found]
