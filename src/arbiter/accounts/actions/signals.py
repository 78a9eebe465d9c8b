"""What is done with dated numbers about customers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction

from arbiter.accounts import permissions
from arbiter.accounts.actions.told import tell
from arbiter.accounts.models import Customer, Signal
from arbiter.foundation import bulk
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
    left = iter(numbers)
    known = connection.ops.adapt_datetimefield_value(recorded_at)
    while some := list(islice(left, AT_ONCE)):
        customers, names, moments, values = zip(*some, strict=True)
        adapted = {at: connection.ops.adapt_datetimefield_value(at) for at in set(moments)}
        bulk.insert_missing(
            Signal,
            {
                "customer_id": customers,
                "name": names,
                "at": [adapted[at] for at in moments],
                "value": values,
                "recorded_at": [known] * len(some),
                "custom": ["{}"] * len(some),
            },
        )


@transaction.atomic
def tell_of(
    moment: datetime, numbers: Iterable[Number], *, names: Collection[str], takes_back: bool
) -> int:
    """Let what we counted ourselves for a past moment be these numbers; return how many are new or other.

    Ours are those that count as known at the very moment they are true for, and came by no import. What else
    stands of the same name and moment is left alone. Silent, as `write` is.

    Args:
        moment: when they are true, and count as known.
        numbers: all of these names that are to stand for that moment.
        names: what they are called.
        takes_back: whether ours that are not among them, or are other, give way.
    """
    wanted = {(each.customer_id, each.name): each for each in numbers}
    stands = Signal.objects.filter(name__in=names, at=moment).order_by()
    columns = ("pk", "customer_id", "name", "value", "recorded_at", "import_id")
    gone = []
    for pk, customer_id, name, value, recorded_at, import_id in stands.values_list(*columns):
        each = wanted.get((customer_id, name))
        is_ours = takes_back and recorded_at == moment and import_id is None
        if is_ours and (each is None or each.value != value):
            gone.append(pk)
        elif each is not None:
            del wanted[customer_id, name]
    for first in range(0, len(gone), AT_ONCE):
        Signal.objects.filter(pk__in=gone[first : first + AT_ONCE]).delete()
    write(wanted.values(), recorded_at=moment)
    return max(len(gone), len(wanted))


def _stood(customer: Customer, name: str, at: datetime) -> float | None:
    """The number as it stood at a moment, whenever we learnt it."""
    told = Signal.objects.filter(customer=customer, name=name, at__lte=at)
    return told.order_by("-at").values_list("value", flat=True).first()
