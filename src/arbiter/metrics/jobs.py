"""What runs by itself: the measuring, each night and when it is wanted."""

from datetime import timedelta

from django.utils import timezone

from arbiter.accounts.queries import customers
from arbiter.foundation.jobs import job
from arbiter.metrics.actions import computations
from arbiter.metrics.queries import computations as stored
from arbiter.metrics.queries import snapshots


def is_wanted() -> bool:
    """Say whether measures are to be computed: somebody or some fact wants it, or it was never done."""
    if stored.is_wanted():
        return True
    return (
        stored.newest() is None
        and snapshots.newest_day() is None
        and customers.everybody().exists()
    )


@job(limit=timedelta(hours=2))
def compute() -> None:
    """Measure the company at the last month-ends and today."""
    computations.perform(at=timezone.now(), clock=timezone.now)
