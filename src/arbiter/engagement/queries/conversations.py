"""Every value conversation in plain rows, for whoever counts the whole company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from arbiter.engagement.models import Touchpoint


class Conversation(NamedTuple):
    """A talk about the customer's goals."""

    customer_id: int
    at: datetime
    recorded_at: datetime


def everything(until: datetime) -> Iterator[Conversation]:
    """Every value conversation known at a moment: one query, streamed."""
    rows = Touchpoint.objects.filter(value_conversation=True, at__lte=until, recorded_at__lte=until)
    ordered = rows.order_by("customer_id", "at", "pk").values_list(*Conversation._fields)
    return map(Conversation._make, ordered.iterator(chunk_size=10_000))
