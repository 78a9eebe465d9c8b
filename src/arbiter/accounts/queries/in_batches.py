"""Customers, their people and their terms in plain rows, some thousand at a time, for whoever looks at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from arbiter.accounts.models import Contact, Contract, Customer

SIZE = 2_000


class CustomerRow(NamedTuple):
    """A customer in brief."""

    pk: int
    key: str
    name: str
    segment: str
    stage: str
    since: date | None
    parent_id: int | None


class PersonRow(NamedTuple):
    """A contact in brief."""

    pk: int
    customer_id: int
    name: str
    email: str
    left_on: date | None
    unsubscribed_at: datetime | None
    time_zone: str
    key: str
    role: str
    joined_on: date | None


class TermRow(NamedTuple):
    """A term in brief, and whether it is decided."""

    customer_id: int
    pk: int
    key: str
    starts_on: date
    ends_on: date
    seats: int | None
    plan: str
    product: str
    decision: str | None


def customers(
    *, segments: Collection[str] = (), stages: Collection[str] = (), size: int = SIZE
) -> Iterator[list[CustomerRow]]:
    """Every customer that is not archived, batch after batch."""
    found = Customer.objects.filter(archived_at=None).order_by("pk")
    if segments:
        found = found.filter(segment__in=segments)
    if stages:
        found = found.filter(stage__in=stages)
    rows = found.values_list(*CustomerRow._fields)
    batch = [CustomerRow._make(row) for row in rows[:size]]
    while batch:
        yield batch
        batch = [CustomerRow._make(row) for row in rows.filter(pk__gt=batch[-1].pk)[:size]]


def people(customer_ids: Collection[int], *, on: date) -> dict[int, list[PersonRow]]:
    """Those at each of some thousand customers on a day: one query."""
    there = Q(left_on=None) | Q(left_on__gt=on)
    found: dict[int, list[PersonRow]] = defaultdict(list)
    rows = Contact.objects.filter(there, customer__in=customer_ids).order_by("pk")
    for row in rows.values_list(*PersonRow._fields):
        found[row[1]].append(PersonRow._make(row))
    return dict(found)


def terms(customer_ids: Collection[int]) -> dict[int, list[TermRow]]:
    """The terms of some thousand customers, the first to begin first: one query."""
    found: dict[int, list[TermRow]] = defaultdict(list)
    columns = [*TermRow._fields[:-1], "renewal__decision"]
    rows = Contract.objects.filter(customer__in=customer_ids).order_by("starts_on", "pk")
    for row in rows.values_list(*columns):
        found[row[0]].append(TermRow._make(row))
    return dict(found)


def count_people(
    *, segments: Collection[str] = (), stages: Collection[str] = (), roles: Collection[str] = ()
) -> int:
    """How many people there are at customers of some segments and stages, in some roles."""
    found = Contact.objects.filter(left_on=None, customer__archived_at=None)
    narrowed = {"customer__segment__in": segments, "customer__stage__in": stages, "role__in": roles}
    return found.filter(**{path: words for path, words in narrowed.items() if words}).count()
