"""What is done with dated numbers about customers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from arbiter.accounts import permissions
from arbiter.accounts.actions.told import tell
from arbiter.accounts.models import Customer, Signal
from arbiter.foundation.models import Person
from arbiter.foundation.roles import Permission

AT_ONCE = 5_000


class Number(NamedTuple):
    """A number about a customer, true at a moment."""

    customer_id: int
    name: str
    at: datetime
    value: float


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


def write(numbers: Iterable[Number], *, recorded_at: datetime) -> None:
    """Write numbers that we counted ourselves; what stands of the same name and moment is left alone.

    Silent: the run that counted them is told by its own record, and a number here is nobody's word.
    """
    Signal.objects.bulk_create(
        (Signal(**number._asdict(), recorded_at=recorded_at) for number in numbers),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )


def _stood(customer: Customer, name: str, at: datetime) -> float | None:
    """The number as it stood at a moment, whenever we learnt it."""
    told = Signal.objects.filter(customer=customer, name=name, at__lte=at)
    return told.order_by("-at").values_list("value", flat=True).first()
