"""Every milestone in plain rows, for whoever counts the whole company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from arbiter.outcomes.models import Milestone


class Step(NamedTuple):
    """A milestone on a customer's path, and when it was reached; None while it was not."""

    customer_id: int
    done_at: datetime | None


def everything() -> Iterator[Step]:
    """Every milestone of every customer: one query, streamed."""
    rows = Milestone.objects.order_by("customer_id", "pk").values_list(*Step._fields)
    return map(Step._make, rows.iterator(chunk_size=10_000))
