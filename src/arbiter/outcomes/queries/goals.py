"""The doors to goals."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from arbiter.foundation.models import Fact, Person
from arbiter.outcomes import permissions, rules
from arbiter.outcomes.models import Goal, Revision
from arbiter.outcomes.queries import known

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer


def visible_to(person: Person) -> QuerySet[Goal]:
    """Every goal of the customers this person may see, retired ones included."""
    return Goal.objects.filter(permissions.reach(person)).select_related(
        "customer", "customer__owner", "stated_by"
    )


def of(customer: Customer, *, as_of: datetime) -> QuerySet[Goal]:
    """A customer's goals at a moment, those to see to first in front."""
    return of_customers([customer.pk], as_of=as_of)


def of_customers(customer_ids: Collection[int], *, as_of: datetime) -> QuerySet[Goal]:
    """The goals of many customers at a moment, those to see to first in front."""
    return (
        standing(customer_ids, as_of=as_of)
        .select_related("stated_by")
        .order_by(F("priority").asc(nulls_last=True), "at", "pk")
    )


def standing(
    customer_ids: Collection[int] | QuerySet[Customer], *, as_of: datetime
) -> QuerySet[Goal]:
    """The goals that stood at a moment: stated and known by then, and not retired."""
    return known.by(Goal.objects.filter(customer__in=customer_ids), as_of).filter(
        Q(retired_at=None) | Q(retired_at__gt=as_of)
    )


def retired(customer: Customer) -> QuerySet[Goal]:
    """The goals a customer no longer has, the last to go first."""
    return Goal.objects.filter(customer=customer, retired_at__isnull=False).order_by("-retired_at")


def stale_because(
    goal: Goal, revision: Revision | None, *, as_of: datetime, customer_stage: str
) -> str:
    """Say why a goal must be asked again: "age", "stage", or "" (see `rules.stale_because`)."""
    return rules.stale_because(
        agreed_at=max(goal.at, revision.at) if revision else goal.at,
        as_of=as_of,
        goal_stage=(revision.stage if revision else "") or goal.stage,
        customer_stage=customer_stage,
    )


def written_down_by(goal: Goal) -> Person | None:
    """Return the colleague who wrote down what a contact said; None where they did so themselves, or a file brought it."""
    if goal.stated_by_id is None or goal.import_id is not None:
        return None
    facts = Fact.objects.filter(
        customer_id=goal.customer_id,
        name="outcomes.goal_stated",
        subject_id=goal.pk,
        by_kind=Person.actor_kind,
    )
    number = facts.values_list("by_id", flat=True).first()
    return Person.objects.filter(pk=number).first() if number is not None else None
