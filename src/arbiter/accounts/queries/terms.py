"""Every term of every customer in plain rows, for whoever counts the whole company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from arbiter.accounts.models import Contract, Customer
from arbiter.accounts.queries import contracts


class TermRow(NamedTuple):
    """A term and how it was decided; None where it was not, or nobody knows."""

    pk: int
    customer_id: int
    starts_on: date
    ends_on: date
    arr: Decimal | None
    currency: str
    product: str
    decision: str | None
    decided_on: date | None
    recorded_at: datetime | None
    new_arr: Decimal | None
    churn_cause: str | None
    avoidable: bool | None
    seats: int | None


_PATHS = {
    name: f"renewal__{name}"
    for name in ("decision", "decided_on", "recorded_at", "new_arr", "churn_cause", "avoidable")
}


def everything() -> Iterator[TermRow]:
    """Every term, by customer and the first to begin first: one query, streamed."""
    columns = [_PATHS.get(name, name) for name in TermRow._fields]
    rows = Contract.objects.order_by("customer_id", "starts_on", "ends_on", "pk")
    return map(TermRow._make, rows.values_list(*columns).iterator(chunk_size=10_000))


def currencies(as_of: datetime) -> list[str]:
    """The currencies of the terms that run undecided at a moment, by name."""
    used = contracts.open_at(as_of).exclude(arr=None).values_list("currency", flat=True)
    return list(used.order_by("currency").distinct())


def contract_keys() -> dict[int, str]:
    """The users' own ids of all terms, by number."""
    return dict(Contract.objects.values_list("pk", "key"))


def customer_keys() -> dict[int, str]:
    """The users' own ids of all customers, by number."""
    return dict(Customer.objects.values_list("pk", "key"))
