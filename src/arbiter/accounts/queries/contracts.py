"""The doors to contracts, and which of them stand open on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from arbiter.accounts import permissions
from arbiter.accounts.models import Contract, Customer, Renewal
from arbiter.accounts.models.contract import Decision
from arbiter.accounts.rules import day
from arbiter.foundation.models import Person


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


def decided_by(as_of: datetime) -> QuerySet[Renewal]:
    """The decisions that were true and known by a moment."""
    return Renewal.objects.filter(_counts(as_of)).select_related("contract")


def earlier_renewals(customer_ids: Collection[int], *, as_of: datetime) -> dict[int, int]:
    """How often each of many customers has stayed at the end of a term; absent means never."""
    stayed = (
        decided_by(as_of)
        .filter(contract__customer__in=customer_ids)
        .exclude(decision=Decision.CHURNED)
        .values_list("contract__customer")
        .annotate(times=Count("pk"))
        .order_by()
    )
    return dict(stayed)


def _undecided(as_of: datetime) -> QuerySet[Contract]:
    decision = Renewal.objects.filter(_counts(as_of), contract=OuterRef("pk"))
    return Contract.objects.filter(~Exists(decision))


def _counts(as_of: datetime) -> Q:
    true_by_then = Q(decided_on=None) | Q(decided_on__lte=day(as_of))
    return true_by_then & Q(recorded_at__lte=as_of)
