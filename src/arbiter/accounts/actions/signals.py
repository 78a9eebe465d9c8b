"""What is done with dated numbers about customers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from arbiter.accounts import permissions
from arbiter.accounts.actions.told import tell
from arbiter.accounts.models import Customer, Signal
from arbiter.foundation.models import Person
from arbiter.foundation.roles import Permission


@transaction.atomic
def note(
    *,
    customer: Customer,
    numbers: Mapping[str, float],
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
) -> list[str]:
    """Write down some numbers as they were at a moment, and return the names of those that were news.

    A number that was the same the time before is none: it would only make the history longer.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    news = sorted(name for name in numbers if numbers[name] != _stood(customer, name, at))
    for name in news:
        Signal.objects.update_or_create(
            customer=customer,
            name=name,
            at=at,
            defaults={"value": numbers[name], "recorded_at": recorded_at or at},
        )
    if news:
        tell("signals_noted", customer, by, at, recorded_at, names=news)
    return news


def _stood(customer: Customer, name: str, at: datetime) -> float | None:
    """The number as it stood at a moment, whenever we learnt it."""
    told = Signal.objects.filter(customer=customer, name=name, at__lte=at)
    return told.order_by("-at").values_list("value", flat=True).first()
