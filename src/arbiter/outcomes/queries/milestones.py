"""The path to goals."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet

from arbiter.foundation.models import Person
from arbiter.outcomes import permissions
from arbiter.outcomes.models import Milestone

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer


def visible_to(person: Person) -> QuerySet[Milestone]:
    """Every milestone of the customers this person may see."""
    return Milestone.objects.filter(permissions.reach(person)).select_related(
        "customer", "customer__owner", "goal"
    )


def of(customer: Customer) -> QuerySet[Milestone]:
    """A customer's steps in order."""
    return (
        Milestone.objects.filter(customer=customer)
        .select_related("goal")
        .order_by(F("position").asc(nulls_last=True), F("due_on").asc(nulls_last=True), "pk")
    )


def reached(
    customer_ids: Collection[int], *, since: datetime, until: datetime
) -> QuerySet[Milestone]:
    """The steps of some thousand customers that were done in a short time, with their goals."""
    done = Milestone.objects.filter(
        customer__in=customer_ids, done_at__gt=since, done_at__lte=until
    )
    return done.select_related("goal").order_by("done_at", "pk")
