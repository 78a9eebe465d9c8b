"""Contracts whose renewal is still to be decided, as plain rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from arbiter.accounts.queries import contracts

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract

FIELDS = (
    "pk",
    "key",
    "customer_id",
    "customer__key",
    "customer__segment",
    "customer__since",
    "starts_on",
    "ends_on",
    "arr",
    "currency",
)


@dataclass(frozen=True, slots=True)
class OpenContract:
    """What a forecast must know of a contract itself."""

    id: int
    key: str
    customer_id: int
    customer_key: str
    segment: str
    customer_since: date | None
    starts_on: date
    ends_on: date
    arr: Decimal | None
    currency: str


def at(as_of: datetime, *, customer_ids: Collection[int] | None = None) -> list[OpenContract]:
    """Terms that run on the day, of customers in service, in a steady order; of all customers unless given."""
    return _rows(contracts.open_at(as_of), as_of, customer_ids)


def overdue(as_of: datetime, *, customer_ids: Collection[int]) -> list[OpenContract]:
    """Terms that have ended undecided: shown, and not forecast."""
    return _rows(contracts.overdue(as_of), as_of, customer_ids)


def count(as_of: datetime) -> int:
    """How many terms run on the day."""
    return contracts.open_at(as_of).filter(_in_service(as_of)).count()


def _rows(
    found: QuerySet[Contract], as_of: datetime, customer_ids: Collection[int] | None
) -> list[OpenContract]:
    if customer_ids is not None:
        found = found.filter(customer__in=customer_ids)
    rows = found.filter(_in_service(as_of)).order_by("customer_id", "ends_on", "pk")
    return [OpenContract(*row) for row in rows.values_list(*FIELDS)]


def _in_service(as_of: datetime) -> Q:
    return Q(customer__archived_at=None) | Q(customer__archived_at__gt=as_of)
