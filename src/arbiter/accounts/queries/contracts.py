"""The doors to contracts, and which of them stand open on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

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


class Settled(NamedTuple):
    """The term to tell of whoever has none that runs undecided.

    It is the next one, agreed and not begun, or the last one where they decided to leave at its end (`left`).
    `renewed`: they stayed at the end of one before.
    """

    starts_on: date
    ends_on: date
    arr: Decimal | None
    currency: str
    renewed: bool
    left: bool


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


def settled_of(customer_ids: Collection[int], *, as_of: datetime) -> dict[int, Settled]:
    """The next term of each customer that is agreed and has not begun, or the last one of who leaves: one query."""
    found: dict[int, list[Contract]] = defaultdict(list)
    terms = Contract.objects.filter(customer__in=customer_ids).select_related("renewal")
    for contract in terms.order_by("starts_on", "pk"):
        found[contract.customer_id].append(contract)
    told = {pk: _settled(contracts, as_of) for pk, contracts in found.items()}
    return {pk: settled for pk, settled in told.items() if settled is not None}


def decided_by(as_of: datetime) -> QuerySet[Renewal]:
    """The decisions that were true and known by a moment."""
    return Renewal.objects.filter(_counts(as_of)).select_related("contract")


def anything_decided() -> bool:
    """Say whether any decision is on record."""
    return Renewal.objects.exists()


def of_customers(customers: QuerySet[Any]) -> QuerySet[Contract]:
    """Every term of some customers, given as a subquery of their ids."""
    return Contract.objects.filter(customer__in=customers)


def past_of(customer_ids: Collection[int]) -> Past:
    """Read the terms of some thousand customers with their decisions: one query."""
    found: dict[int, list[Term]] = defaultdict(list)
    columns = ("customer_id", "starts_on", "ends_on")
    decided = ("renewal__decision", "renewal__decided_on", "renewal__recorded_at")
    terms = Contract.objects.filter(customer__in=customer_ids).order_by("pk")
    for row in terms.values_list(*columns, *decided):
        found[row[0]].append(Term._make(row))
    return Past(dict(found))


def first_days(customers: QuerySet[Customer]) -> dict[int, date]:
    """The day on which the first term of each of some customers began, in one query."""
    terms = Contract.objects.filter(customer__in=customers.values("pk")).order_by()
    found = terms.values("customer").annotate(first=Min("starts_on"))
    return dict(found.values_list("customer", "first"))


def _undecided(as_of: datetime) -> QuerySet[Contract]:
    decision = Renewal.objects.filter(_counts(as_of), contract=OuterRef("pk"))
    return Contract.objects.filter(~Exists(decision))


def _counts(as_of: datetime) -> Q:
    true_by_then = Q(decided_on=None) | Q(decided_on__lte=day(as_of))
    return true_by_then & Q(recorded_at__lte=as_of)


def _settled(terms: list[Contract], as_of: datetime) -> Settled | None:
    decisions = [_decision(term, as_of) for term in terms]
    renewed = any(each not in (None, Decision.CHURNED) for each in decisions)
    both = list(zip(terms, decisions, strict=True))
    ahead = (term for term, each in both if each is None and term.starts_on > day(as_of))
    last, decision = both[-1]
    told = next(ahead, last if decision == Decision.CHURNED else None)
    if told is None:
        return None
    left = told is last and decision == Decision.CHURNED
    return Settled(told.starts_on, told.ends_on, told.arr, told.currency, renewed, left)


def _decision(term: Contract, as_of: datetime) -> str | None:
    """How a term was decided, where that was made and known by a moment."""
    renewal: Renewal | None = getattr(term, "renewal", None)
    if renewal is None or not is_decided(
        decided_on=renewal.decided_on, recorded_at=renewal.recorded_at, as_of=as_of
    ):
        return None
    return renewal.decision
