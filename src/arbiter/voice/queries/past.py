"""What is on file about who will continue, read once for many customers, from which any moment can be told.

One moment needs the last year; many moments need everything. What counted at a moment is picked from either
by the same code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q, QuerySet

from arbiter.accounts.queries import contacts
from arbiter.accounts.rules import day
from arbiter.voice import rules
from arbiter.voice.models import Answer, Ask, AskKind


class Who(NamedTuple):
    """A contact."""

    customer_id: int
    pk: int
    name: str
    role: str
    title: str
    left_on: date | None


class Said(NamedTuple):
    """An answer about continuing that counts."""

    contact_id: int
    value: str
    at: datetime
    comment: str
    would_make_it_yes: str
    on_behalf_by_id: int | None
    pk: int
    recorded_at: datetime
    import_id: int | None


class Asked(NamedTuple):
    """An ask about continuing."""

    contact_id: int
    at: datetime
    recorded_at: datetime


Row = TypeVar("Row", Said, Asked)


@dataclass(frozen=True)
class Past:
    """People by customer; what they said and were asked by contact, the oldest first."""

    people: Mapping[int, list[Who]]
    said: Mapping[int, list[Said]]
    asked: Mapping[int, list[Asked]]

    def there(self, customer_id: int, *, as_of: datetime) -> list[Who]:
        """Those at a customer at a moment."""
        today = day(as_of)
        return [
            who
            for who in self.people.get(customer_id, ())
            if who.left_on is None or who.left_on > today
        ]

    def last_said(self, contact_id: int, *, as_of: datetime) -> Said | None:
        """A contact's newest answer that was given and known by a moment."""
        return _last(self.said.get(contact_id, ()), as_of)

    def last_asked(self, contact_id: int, *, as_of: datetime) -> datetime | None:
        """When a contact was last asked, as far as it was known at a moment."""
        last = _last(self.asked.get(contact_id, ()), as_of)
        return None if last is None else last.at


def of_customers(customer_ids: Collection[int], *, until: datetime, whole: bool) -> Past:
    """Read what is on file about who will continue, for some thousand customers: three queries.

    Args:
        customer_ids: whose people.
        until: only what was true and recorded by then.
        whole: everything, from which any moment up to `until` can be told, or only what may count then.
    """
    people = contacts.of_customers(customer_ids)
    if not whole:
        people = people.filter(Q(left_on=None) | Q(left_on__gt=day(until)))
    said = Answer.objects.filter(kind=AskKind.INTENT, flagged=False)
    return Past(
        people=_grouped(Who, people),
        said=_grouped(Said, _told(said, customer_ids, until, whole)),
        asked=_grouped(
            Asked, _told(Ask.objects.filter(kind=AskKind.INTENT), customer_ids, until, whole)
        ),
    )


def _told(
    rows: QuerySet[Any], customer_ids: Collection[int], until: datetime, whole: bool
) -> QuerySet[Any]:
    known = rows.filter(
        contact__customer_id__in=customer_ids, at__lte=until, recorded_at__lte=until
    )
    counting = known if whole else known.filter(at__gte=rules.counts_from(until, None))
    return counting.order_by("at", "pk")


def _grouped(shape: Any, rows: QuerySet[Any]) -> dict[int, list[Any]]:
    """The rows by customer or contact: whatever comes first in their shape."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.values_list(*shape._fields).iterator():
        found[row[0]].append(shape._make(row))
    return dict(found)


def _last(rows: Sequence[Row], as_of: datetime) -> Row | None:
    known = (row for row in reversed(rows) if row.at <= as_of and row.recorded_at <= as_of)
    return next(known, None)
