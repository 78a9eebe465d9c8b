"""Lists of customers by their usage, page by page: a page begins where the one before it ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from arbiter.accounts.permissions import within_reach
from arbiter.usage.models import BehaviourSet, Completion, Feature, FeatureStanding, UsageStanding

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

SIZE = 25
Row = TypeVar("Row", UsageStanding, FeatureStanding, Completion)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list: after the row of this value and customer. As text it is an address's parameter."""

    value: Any
    customer: int

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """Read a place from its text; None when it is none."""
        told, _, customer = text.rpartition("_")
        if not customer.isdecimal() or len(customer) > 18:
            return None
        for read in (_whole_number, _moment):
            try:
                return cls(read(told), int(customer))
            except ValueError:
                continue
        return None

    def __str__(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        return f"{value}_{self.customer}"


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows with their customers, and where it goes on."""

    rows: list[Row]
    after: Place | None
    before: Place | None


def busiest(person: Person, *, segment: str = "") -> QuerySet[UsageStanding]:
    """The customers a person may see, to be listed by their events."""
    rows = UsageStanding.objects.filter(_reach(person))
    return rows.filter(segment=segment) if segment else rows


def active(person: Person, *, segment: str = "") -> QuerySet[UsageStanding]:
    """Those of them that did anything in 28 days."""
    return busiest(person, segment=segment).filter(events_28d__gt=0)


def idle(person: Person, *, segment: str = "") -> QuerySet[UsageStanding]:
    """Those that did nothing in 28 days."""
    return busiest(person, segment=segment).filter(events_28d=0)


def using(person: Person, feature: Feature, *, segment: str = "") -> QuerySet[FeatureStanding]:
    """Who used a feature in 28 days, to be listed by their people."""
    rows = FeatureStanding.objects.filter(_reach(person), feature=feature, events__gt=0)
    return rows.filter(customer__segment=segment) if segment else rows


def without(person: Person, feature: Feature, *, segment: str = "") -> QuerySet[UsageStanding]:
    """Who is active and does not use a feature."""
    use = FeatureStanding.objects.filter(
        feature=feature, customer=OuterRef("customer"), events__gt=0
    )
    return active(person, segment=segment).exclude(Exists(use))


def completed(person: Person, found: BehaviourSet) -> QuerySet[Completion]:
    """Who has completed a set, to be listed by when."""
    return Completion.objects.filter(_reach(person), behaviour_set=found)


def not_completed(person: Person, found: BehaviourSet) -> QuerySet[UsageStanding]:
    """Who has not, of those whom a set is for."""
    done = Completion.objects.filter(behaviour_set=found, customer=OuterRef("customer"))
    rows = busiest(person, segment=found.segment).exclude(Exists(done))
    return rows.filter(customer__stage=found.stage) if found.stage else rows


def page(
    found: QuerySet[Row], *, by: str, after: str = "", before: str = "", size: int = SIZE
) -> Page[Row]:
    """Return a page of a list, the greatest value first, customers of the same value in their own order.

    Args:
        found: the rows, in no order; each has a customer.
        by: the field by which they are listed; no row lacks a value.
        after: the place after which it goes on; what is no place is the beginning.
        before: the place before which the page ends.
        size: how many rows.
    """
    start, end = _place(after, found, by), _place(before, found, by)
    backward = end is not None
    place = end or start
    if place is not None:
        found = found.filter(_beyond(by, place, backward=backward))
    order = (by, "-customer_id") if backward else (f"-{by}", "customer_id")
    rows = list(found.select_related("customer__owner").order_by(*order)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backward:
        rows.reverse()
    onward, back = (True, more) if backward else (more, place is not None)
    return Page(
        rows,
        after=_at(rows[-1], by) if rows and onward else None,
        before=_at(rows[0], by) if rows and back else None,
    )


def walk(
    found: QuerySet[UsageStanding],
    chosen: Callable[[Sequence[UsageStanding]], Sequence[UsageStanding]],
    *,
    by: str,
    after: str = "",
    size: int = SIZE,
    look: int = 200,
    most: int = 5,
) -> Page[UsageStanding]:
    """Return a page of those rows that a choice keeps, which the database cannot make.

    Rows are looked at by the hundred, a few times at most: then the page ends early and says where to go on.

    Args:
        found: the rows to look at, in no order.
        chosen: returns the rows to keep.
        by: the field by which they are listed.
        after: the place after which it goes on.
        size: how many rows are kept.
        look: how many are looked at at once.
        most: how often.
    """
    kept: list[UsageStanding] = []
    place = after
    for _ in range(most):
        looked = page(found, by=by, after=place, size=look)
        for row in chosen(looked.rows):
            if len(kept) == size:
                return Page(kept, _at(kept[-1], by), None)
            kept.append(row)
        if looked.after is None:
            return Page(kept, None, None)
        place = str(looked.after)
    return Page(kept, Place.parse(place), None)


def _reach(person: Person) -> Q:
    return within_reach(person, via="customer__") & Q(customer__archived_at=None)


def _place(text: str, found: QuerySet[Row], by: str) -> Place | None:
    """The place of an address, where it is one of this list."""
    place = Place.parse(text) if text else None
    is_moment = found.model._meta.get_field(by).get_internal_type() == "DateTimeField"
    return place if place and isinstance(place.value, datetime) == is_moment else None


def _beyond(by: str, place: Place, *, backward: bool) -> Q:
    side, other = ("gt", "lt") if backward else ("lt", "gt")
    same = Q(**{by: place.value, f"customer_id__{other}": place.customer})
    # The first condition follows from the rest, and lets an index begin in the right place.
    return Q(**{f"{by}__{side}e": place.value}) & (Q(**{f"{by}__{side}": place.value}) | same)


def _at(row: Any, by: str) -> Place:
    return Place(getattr(row, by), row.customer_id)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _whole_number(text: str) -> int:
    if len(text) > 18:
        raise ValueError(text)
    return int(text)
