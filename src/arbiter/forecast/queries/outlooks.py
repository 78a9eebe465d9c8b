"""Open contracts as they stand: the door to them, and the renewals by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, FloatField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import TruncMonth

from arbiter.accounts import permissions as accounts
from arbiter.accounts.rules import day
from arbiter.forecast.models import Outlook
from arbiter.forecast.queries import memo
from arbiter.forecast.queries.amounts import cents
from arbiter.forecast.queries.standings import SEALED

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


@dataclass(frozen=True, slots=True)
class MonthOfState:
    """What ends in a month, in one currency and one state of intent; of what is sealed nothing is expected yet."""

    month: date
    currency: str
    intent: str
    contracts: int
    customers: int
    arr: Decimal
    expected: Decimal
    without_arr: int


def visible_to(person: Person) -> QuerySet[Outlook]:
    """Every open or overdue contract this person may see. Pages have no other way to one."""
    return Outlook.objects.filter(accounts.within_reach(person))


def due(
    person: Person, *, as_of: datetime, days: int, owner: int | None = None
) -> QuerySet[Outlook]:
    """The contracts that end within so many days, the first to end first; those of one owner, where given."""
    today = day(as_of)
    window = Q(ends_on__gte=today, ends_on__lte=today + timedelta(days=days))
    return _of(person, owner).filter(window)


def overdue(person: Person, *, as_of: datetime, owner: int | None = None) -> QuerySet[Outlook]:
    """The contracts that ended and of which nobody has told the decision, the longest ago first."""
    return _of(person, owner).filter(ends_on__lt=day(as_of))


def count_overdue(person: Person, *, as_of: datetime, owner: int | None = None) -> int:
    """How many contracts ended undecided."""
    key = ("count_overdue", memo.scope(person), day(as_of), owner)
    return memo.remember(key, overdue(person, as_of=as_of, owner=owner).count)


def by_month(
    person: Person, *, as_of: datetime, days: int = 365, owner: int | None = None
) -> list[MonthOfState]:
    """What ends in each month, by currency and by answer: one query."""
    key = ("by_month", memo.scope(person), day(as_of), days, owner)
    found = due(person, as_of=as_of, days=days, owner=owner)
    return memo.remember(key, lambda: _by_month(found))


def _of(person: Person, owner: int | None) -> QuerySet[Outlook]:
    found = visible_to(person).order_by("ends_on", "pk")
    return found if owner is None else found.filter(owner=owner)


def _by_month(found: QuerySet[Outlook]) -> list[MonthOfState]:
    rows = (
        found.order_by()
        .annotate(
            month=TruncMonth("ends_on"),
            answer=Case(When(sealed=True, then=Value(SEALED)), default=F("intent")),
        )
        .values("month", "currency", "answer")
        .annotate(
            contracts=Count("*"),
            customers=Count("customer", distinct=True),
            money=Sum("arr"),
            expected=Sum(F("probability") * F("arr"), output_field=FloatField()),
            unknown=Count("customer", filter=Q(arr__isnull=True)),
        )
        .order_by("month", "currency", "answer")
    )
    return [
        MonthOfState(
            month=row["month"],
            currency=row["currency"],
            intent=row["answer"],
            contracts=row["contracts"],
            customers=row["customers"],
            arr=cents(row["money"]),
            expected=cents(None if row["answer"] == SEALED else row["expected"]),
            without_arr=row["unknown"],
        )
        for row in rows
    ]
