"""The doors to contracts, and which of them stand open on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from arbiter.accounts import permissions
from arbiter.accounts.models import Contract, Customer, Renewal
from arbiter.accounts.models.contract import Decision
from arbiter.accounts.rules import day, is_decided
from arbiter.foundation.models import Person


class Term(NamedTuple):
    """A term in brief, and how it was decided."""

    customer_id: int
    starts_on: date
    ends_on: date
    decision: str | None
    decided_on: date | None
    recorded_at: datetime | None

    def is_decided(self, *, as_of: datetime) -> bool:
        """Whether its decision was made and known at a moment."""
        return is_decided(decided_on=self.decided_on, recorded_at=self.recorded_at, as_of=as_of)


class Coming(NamedTuple):
    """A term that is agreed and has not begun. `renewed`: the customer stayed at the end of one before."""

    customer_id: int
    starts_on: date
    ends_on: date
    arr: Decimal | None
    currency: str
    renewed: bool


@dataclass(frozen=True)
class Past:
    """The terms of some customers, from which any moment can be told."""

    terms: Mapping[int, list[Term]]

    def renewals(self, customer_id: int, *, as_of: datetime) -> int:
        """How often a customer had stayed at the end of a term."""
        return sum(
            term.decision != Decision.CHURNED and term.is_decided(as_of=as_of)
            for term in self.terms.get(customer_id, ())
        )

    def open_since(self, customer_id: int, *, as_of: datetime) -> date | None:
        """When the earliest of the terms began that ran at a moment, undecided."""
        today = day(as_of)
        running = (
            term.starts_on
            for term in self.terms.get(customer_id, ())
            if term.starts_on <= today <= term.ends_on and not term.is_decided(as_of=as_of)
        )
        return min(running, default=None)


def visible_to(person: Person) -> QuerySet[Contract]:
    """Every contract of the customers this person may see."""
    reach = permissions.within_reach(person, via="customer__")
    return Contract.objects.filter(reach).select_related("customer", "customer__owner", "renewal")


def of(customer: Customer) -> QuerySet[Contract]:
    """A customer's contracts with their decisions, the newest term first."""
    return (
        Contract.objects.filter(customer=customer)
        .select_related("renewal")
        .order_by("-ends_on", "-pk")
    )


def open_at(as_of: datetime) -> QuerySet[Contract]:
    """Terms that run on the day and of which no decision was known by then."""
    today = day(as_of)
    return _undecided(as_of).filter(starts_on__lte=today, ends_on__gte=today)


def ending_within(as_of: datetime, *, days: int) -> QuerySet[Contract]:
    """Open terms that end in the next days, the first to end first."""
    last = day(as_of) + timedelta(days=days)
    return open_at(as_of).filter(ends_on__lte=last).order_by("ends_on", "pk")


def overdue(as_of: datetime) -> QuerySet[Contract]:
    """Terms that have ended without a decision: shown apart, and not forecast."""
    return _undecided(as_of).filter(ends_on__lt=day(as_of)).order_by("ends_on", "pk")


def open_of(customer_ids: Collection[int], *, as_of: datetime) -> dict[int, list[Contract]]:
    """The open terms of each of many customers, in one query, the first to end first."""
    found: dict[int, list[Contract]] = defaultdict(list)
    for contract in open_at(as_of).filter(customer__in=customer_ids).order_by("ends_on", "pk"):
        found[contract.customer_id].append(contract)
    return dict(found)


def coming_of(customer_ids: Collection[int], *, as_of: datetime) -> dict[int, Coming]:
    """The next term of each customer that has not begun, where one is agreed: one query."""
    stayed = decided_by(as_of).filter(contract__customer=OuterRef("customer"))
    ahead = (
        _undecided(as_of)
        .filter(customer__in=customer_ids, starts_on__gt=day(as_of))
        .annotate(renewed=Exists(stayed.exclude(decision=Decision.CHURNED)))
        .order_by("-starts_on", "-pk")
    )
    # The first to begin comes last and stays.
    return {
        row[0]: Coming._make(row)
        for row in ahead.values_list(
            "customer_id", "starts_on", "ends_on", "arr", "currency", "renewed"
        )
    }


def decided_by(as_of: datetime) -> QuerySet[Renewal]:
    """The decisions that were true and known by a moment."""
    return Renewal.objects.filter(_counts(as_of)).select_related("contract")


def anything_decided() -> bool:
    """Say whether any decision is on record."""
    return Renewal.objects.exists()


def past_of(customer_ids: Collection[int]) -> Past:
    """Read the terms of some thousand customers with their decisions: one query."""
    found: dict[int, list[Term]] = defaultdict(list)
    columns = ("customer_id", "starts_on", "ends_on")
    decided = ("renewal__decision", "renewal__decided_on", "renewal__recorded_at")
    terms = Contract.objects.filter(customer__in=customer_ids).order_by("pk")
    for row in terms.values_list(*columns, *decided):
        found[row[0]].append(Term._make(row))
    return Past(dict(found))


def _undecided(as_of: datetime) -> QuerySet[Contract]:
    decision = Renewal.objects.filter(_counts(as_of), contract=OuterRef("pk"))
    return Contract.objects.filter(~Exists(decision))


def _counts(as_of: datetime) -> Q:
    true_by_then = Q(decided_on=None) | Q(decided_on__lte=day(as_of))
    return true_by_then & Q(recorded_at__lte=as_of)
