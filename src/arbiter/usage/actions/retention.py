"""How long events are kept: as long as their source says, for ever where it says nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from arbiter.usage.log.table import instant, open_log
from arbiter.usage.models import Source


def expire_locked(*, at: datetime) -> int:
    """Take out of the log what is older than its source keeps, for one who holds the lock; return how many events."""
    log = open_log()
    count = 0
    limits = Source.objects.filter(keep_days__gt=0).values_list("pk", "keep_days")
    for source, days in limits.order_by("pk"):
        assert days is not None
        oldest = at - timedelta(days=days)
        count += log.erase(f'source = {source} AND "at" < {instant(oldest)}')
    return count
