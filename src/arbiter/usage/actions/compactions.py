"""Keeping the log in order: small files gathered, months sorted, what is settled settled, old files removed.

The lock is held for one month at a time, so that what is acknowledged meanwhile does not wait for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from arbiter.usage.actions import flushes, retention
from arbiter.usage.expressions.identities import resolved
from arbiter.usage.log import lock, order, settling
from arbiter.usage.log.table import open_log
from arbiter.usage.models import Alias, Membership

SETTLED_AFTER = timedelta(days=7)
PATIENCE = 120.0
# As long as a reader of another tool may still be at a file that the log no longer holds.
HOURS_KEPT = 6


@dataclass(frozen=True)
class Compacted:
    """What a compaction did."""

    expired: int
    settled: int
    sorted: int
    files_removed: int


Watch = Callable[[str], None]


def compact(*, clock: Callable[[], datetime], told: Watch = lambda _: None) -> Compacted:
    """Put the whole log in order.

    Args:
        clock: now, asked again between two months.
        told: hears what is being done.

    Raises:
        Busy: another writer did not end within two minutes.
    """
    with lock.writing(wait=PATIENCE):
        told("Removing what is over its time")
        expired = retention.expire_locked(at=clock())
        told("Settling")
        settled = _settle(clock())
    months = order.unsorted(open_log())
    for settled_or_not, month in months:
        told(f"Sorting {month}")
        with lock.writing(wait=PATIENCE):
            flushes.flush_locked(at=clock())
            order.sort(open_log(), settled=settled_or_not, month=month)
    with lock.writing(wait=PATIENCE):
        removed = open_log().vacuum(hours=HOURS_KEPT)
    return Compacted(expired, settled, len(months), removed)


def gather_small() -> int:
    """Gather the small files of months that have many, and return of how many months; none while another writes."""
    months = order.crowded(open_log())
    if not months:
        return 0
    try:
        with lock.writing():
            log = open_log()
            for month in months:
                log.gather(month, bytes_each=order.SMALL)
    except lock.Busy:
        return 0
    return len(months)


def _settle(at: datetime) -> int:
    links = Alias.objects.values_list("user_key", "other_key", "recorded_at")
    seen = Membership.objects.values_list("user_key", "customer_key", "recorded_at")
    return settling.settle(open_log(), resolved(links), list(seen), before=at - SETTLED_AFTER)
