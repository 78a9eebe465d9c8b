"""Pure decisions about days, scopes and money: no table, no clock."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from arbiter.science import business_models

SEGMENT = "segment:"
EVERYBODY = ""


class BusinessModel(StrEnum):
    """How a company sells, which decides what "staying" means and which measures say anything."""

    CONTRACT = "contract"
    MONTHLY = "monthly"
    ORDERS = "orders"

    @property
    def told(self) -> business_models.BusinessModel:
        """What science says of it."""
        return business_models.business_model(self.value)

    @property
    def label(self) -> str:
        """The words for a form."""
        return self.told.name

    @property
    def help(self) -> str:
        """How to tell that this is one's own."""
        return self.told.recognised_by


def end_of(day: date) -> datetime:
    """Return the last moment of a day; days are told in UTC."""
    return datetime.combine(day, time.max, UTC)


def is_month_end(day: date) -> bool:
    """Say whether a day is the last of its month."""
    return day.day == monthrange(day.year, day.month)[1]


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier; the last of a month leads to the last of a month.

    A day which that month lacks becomes its last.
    """
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(years, month + 1)[1]
    return date(years, month + 1, last if is_month_end(day) else min(day.day, last))


def month_ends(until: date, months: int) -> list[date]:
    """Return the last so many month-ends up to a day, the oldest first."""
    first = until if is_month_end(until) else until.replace(day=1) - timedelta(days=1)
    return [months_before(first, back) for back in range(months - 1, -1, -1)]


def quarter_ends(until: date, quarters: int) -> list[date]:
    """Return the last so many quarter-ends up to a day, the oldest first."""
    ends = [day for day in month_ends(until, 3 * quarters + 2) if day.month % 3 == 0]
    return ends[-quarters:] if quarters else []


def scope_of(segment: str) -> str:
    """Return the scope of a segment's customers; the empty segment holds those without one."""
    return SEGMENT + segment


def scope_label(scope: str) -> str:
    """Return what a scope is called."""
    if scope == EVERYBODY:
        return "All customers"
    return scope.removeprefix(SEGMENT) or "No segment"


def in_order(scopes: Iterable[str]) -> list[str]:
    """Sort scopes: everybody, the segments by name, those without a segment last."""
    return sorted(scopes, key=lambda scope: (scope != EVERYBODY, scope == SEGMENT, scope.lower()))
