"""Orders of buyers without a contract: the dated numbers that are called `order`, each with its amount."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from arbiter.accounts.models import Signal

NAME = "order"


class Order(NamedTuple):
    """What was ordered on a day, in the company's currency."""

    customer_id: int
    at: datetime
    recorded_at: datetime
    amount: float


def everything(until: datetime) -> Iterator[Order]:
    """Every order known at a moment: one query, streamed."""
    rows = Signal.objects.filter(name=NAME, at__lte=until, recorded_at__lte=until)
    ordered = rows.order_by("customer_id", "at", "pk")
    columns = ordered.values_list("customer_id", "at", "recorded_at", "value")
    return map(Order._make, columns.iterator(chunk_size=10_000))
