"""What customers put in themselves."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from arbiter.foundation.models import Person
from arbiter.outcomes import permissions
from arbiter.outcomes.models import Investment
from arbiter.outcomes.queries import known

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer


def visible_to(person: Person) -> QuerySet[Investment]:
    """Every investment of the customers this person may see."""
    return Investment.objects.filter(permissions.reach(person)).select_related(
        "customer", "customer__owner"
    )


def of(customer: Customer, *, as_of: datetime) -> QuerySet[Investment]:
    """A customer's own effort as known at a moment, the newest first."""
    return (
        known.by(Investment.objects.filter(customer=customer), as_of)
        .select_related("goal", "stated_by")
        .order_by("-at", "-pk")
    )
