"""The doors to touchpoints, and when value was last talked about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet

from arbiter.engagement import permissions
from arbiter.engagement.models import Touchpoint
from arbiter.foundation.models import Person

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer


def visible_to(person: Person) -> QuerySet[Touchpoint]:
    """Every touchpoint with the customers this person may see."""
    return Touchpoint.objects.filter(permissions.reach(person)).select_related(
        "customer", "customer__owner"
    )


def of(customer: Customer, *, as_of: datetime) -> QuerySet[Touchpoint]:
    """A customer's touchpoints as known at a moment, the newest first, with the people who took part."""
    return (
        _known(as_of)
        .filter(customer=customer)
        .select_related("by")
        .prefetch_related("contacts")
        .order_by("-at", "-pk")
    )


def last_value_conversation(
    customer_ids: Collection[int], *, as_of: datetime
) -> dict[int, datetime]:
    """When each of many customers was last talked to about its goals, in one query; absent means never."""
    return _last(_known(as_of).filter(value_conversation=True), customer_ids)


def last_contact(customer_ids: Collection[int], *, as_of: datetime) -> dict[int, datetime]:
    """When each of many customers was last talked to at all, in one query; our own notes are no talk."""
    return _last(_known(as_of).exclude(kind="note"), customer_ids)


def _last(touchpoints: QuerySet[Touchpoint], customer_ids: Collection[int]) -> dict[int, datetime]:
    newest = (
        touchpoints.filter(customer__in=customer_ids)
        .values_list("customer")
        .annotate(last=Max("at"))
        .order_by()
    )
    return dict(newest)


def _known(as_of: datetime) -> QuerySet[Touchpoint]:
    return Touchpoint.objects.filter(at__lte=as_of, recorded_at__lte=as_of)
