"""The newest dated numbers about customers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from arbiter.accounts.models import Customer, Signal


def latest(
    customer_ids: Collection[int], *, names: Collection[str] | None = None, as_of: datetime
) -> dict[tuple[int, str], Signal]:
    """The newest signal of each name for each of many customers, in one query; all names unless some are given."""
    newest_first = Window(
        RowNumber(),
        partition_by=[F("customer_id"), F("name")],
        order_by=[F("at").desc(), F("recorded_at").desc(), F("pk").desc()],
    )
    signals = _known(as_of).filter(customer__in=customer_ids)
    if names is not None:
        signals = signals.filter(name__in=names)
    newest = signals.annotate(place=newest_first).filter(place=1)
    return {(signal.customer_id, signal.name): signal for signal in newest}


def history(customer: Customer, name: str, *, as_of: datetime) -> QuerySet[Signal]:
    """One signal of a customer over time, the oldest first."""
    return _known(as_of).filter(customer=customer, name=name).order_by("at", "pk")


def _known(as_of: datetime) -> QuerySet[Signal]:
    return Signal.objects.filter(at__lte=as_of, recorded_at__lte=as_of)
