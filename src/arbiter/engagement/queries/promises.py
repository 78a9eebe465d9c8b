"""The doors to promises, and how many were kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from arbiter.engagement import permissions
from arbiter.engagement.models import Promise

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer
    from arbiter.foundation.models import Person

OPEN = Q(kept_at=None, broken_at=None)


@dataclass(frozen=True)
class Kept:
    """How promises went: those still open, those overdue among them, kept in time, kept late, and broken."""

    open: int
    overdue: int
    in_time: int
    late: int
    broken: int


def visible_to(person: Person) -> QuerySet[Promise]:
    """Every promise to the customers this person may see."""
    found = Promise.objects.filter(permissions.reach(person))
    return found.select_related("customer__owner", "contact", "promised_by")


def of(customer: Customer) -> QuerySet[Promise]:
    """What was promised to a customer, the newest first."""
    found = Promise.objects.filter(customer=customer).select_related("contact", "promised_by")
    return found.order_by("-at", "-pk")


def about_feedback(key: str) -> QuerySet[Promise]:
    """What was promised upon a piece of feedback, the newest first."""
    return Promise.objects.filter(feedback_key=key).order_by("-at", "-pk")


def open_first_due(found: QuerySet[Promise]) -> QuerySet[Promise]:
    """Those neither kept nor broken, the first due in front, those without a day last."""
    return found.filter(OPEN).order_by(F("due_on").asc(nulls_last=True), "pk")


def settled(found: QuerySet[Promise]) -> QuerySet[Promise]:
    """Those kept or broken, the newest first."""
    return found.exclude(OPEN).order_by("-at", "-pk")


def became_overdue(*, since: date, until: date) -> QuerySet[Promise]:
    """Those whose day passed between two days and which are still open: due on `since` or later, before `until`."""
    return Promise.objects.filter(OPEN, due_on__gte=since, due_on__lt=until).select_related("customer")  # fmt: skip


def kept(found: QuerySet[Promise], *, as_of: datetime) -> Kept:
    """How some promises went, in one query. One without a day cannot be late."""
    in_time = Q(due_on=None) | Q(kept_at__date__lte=F("due_on"))
    is_kept = Q(kept_at__isnull=False)
    return Kept(
        **found.order_by().aggregate(
            open=Count("pk", filter=OPEN),
            overdue=Count("pk", filter=OPEN & Q(due_on__lt=as_of.date())),
            in_time=Count("pk", filter=is_kept & in_time),
            late=Count("pk", filter=is_kept & ~in_time),
            broken=Count("pk", filter=Q(broken_at__isnull=False)),
        )
    )
