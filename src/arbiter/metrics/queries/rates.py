"""What currencies are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from arbiter.accounts.queries import terms
from arbiter.accounts.rules import day
from arbiter.foundation.queries import company
from arbiter.metrics.models import ExchangeRate


@dataclass(frozen=True)
class RateTable:
    """Rates into one currency, from which any day's can be told."""

    into: str
    rows: tuple[tuple[str, date, Decimal], ...]

    def on(self, on: date) -> Mapping[str, Decimal]:
        """What one unit of each currency is worth on a day; the own currency is worth itself."""
        begun = {currency: rate for currency, valid_from, rate in self.rows if valid_from <= on}
        return {**begun, self.into: Decimal(1)}


def listed() -> QuerySet[ExchangeRate]:
    """The rates into the company's currency that stand, by currency, the newest first."""
    return (
        ExchangeRate.objects.filter(into=company.currency(), withdrawn_at=None)
        .select_related("by")
        .order_by("currency", "-valid_from")
    )


def find(pk: int) -> ExchangeRate | None:
    """A rate that stands, by number."""
    return listed().filter(pk=pk).first()


def table() -> RateTable:
    """The rates that stand, into the company's currency.

    A rate is a yardstick: what counts is the day from which it is valid, not when it was set.
    """
    into = company.currency()
    rows = ExchangeRate.objects.filter(into=into, withdrawn_at=None).order_by("valid_from")
    return RateTable(into, tuple(rows.values_list("currency", "valid_from", "per_unit")))


def missing(as_of: datetime) -> list[str]:
    """The currencies of running contracts of which no rate is known on a day."""
    worth = table().on(day(as_of))
    return [currency for currency in terms.currencies(as_of) if currency not in worth]
