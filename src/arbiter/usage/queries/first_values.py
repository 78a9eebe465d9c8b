"""When each customer first did what means value, by the set that is most its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Min

from arbiter.usage.models import UsageStanding
from arbiter.usage.queries import behaviour_sets


class FirstValues(NamedTuple):
    """Customers of whom first value can be told, each with when it came, None for not yet.

    `seen_from` is when the first event of anybody was: what was done before nobody saw.
    """

    rows: Iterator[tuple[int, datetime | None]]
    seen_from: datetime | None


def everything() -> FirstValues:
    """Read those for whom a set that stands means first value; nobody where there is none. Three queries."""
    sets = [each for each in behaviour_sets.standing() if each.means_value]
    seen_from = UsageStanding.objects.aggregate(first=Min("first_at"))["first"]
    told = UsageStanding.objects.order_by().values_list(
        "customer_id", "customer__segment", "customer__stage", "first_value_at"
    )
    rows = (
        (pk, first_at)
        for pk, segment, stage, first_at in told.iterator(chunk_size=10_000)
        if behaviour_sets.of_value(sets, segment=segment, stage=stage) is not None
    )
    return FirstValues(rows if sets and seen_from else iter(()), seen_from)
