"""Lists with the newest first, by key: the thousandth page costs what the first does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
MOST_DIGITS = 18


@dataclass(frozen=True)
class Place:
    """A place in a list: after the row with this moment and number. As text it is an address's parameter."""

    at: datetime
    number: int

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """Read a place from its text; None when it is none."""
        moment, _, number = text.rpartition("_")
        if not number.isdecimal() or len(number) > MOST_DIGITS:
            return None
        try:
            at = datetime.fromisoformat(moment)
        except ValueError:
            return None
        return cls(at, int(number)) if at.tzinfo and 1970 <= at.year <= 2200 else None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.number}"


@dataclass(frozen=True)
class Found(Generic[Row]):
    """Some rows, and the place after which older ones follow; None at the end."""

    rows: list[Row]
    after: Place | None


def newest_first(
    found: QuerySet[Row], *, after: Place | None = None, size: int = 50, by: str = "at"
) -> Found[Row]:
    """Return the rows after a place, by a moment of theirs and then by number."""
    if after is not None:
        older = Q(**{f"{by}__lt": after.at}) | Q(**{by: after.at, "pk__lt": after.number})
        # The first condition is what an index can search.
        found = found.filter(older, **{f"{by}__lte": after.at})
    rows = list(found.order_by(f"-{by}", "-pk")[: size + 1])
    if len(rows) <= size:
        return Found(rows, None)
    last: Any = rows[size - 1]
    return Found(rows[:size], Place(getattr(last, by), last.pk))
