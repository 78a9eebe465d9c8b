"""What recurs: the digest goes out at the hour each order names."""

from datetime import timedelta

from django.utils import timezone

from arbiter.connectors.digests import delivery
from arbiter.engagement.queries import digests
from arbiter.foundation.jobs import job


def is_any_due() -> bool:
    """Say whether somebody is to be told now."""
    return bool(digests.due(timezone.now()))


@job(limit=timedelta(minutes=10))
def send_digests() -> None:
    """Tell everyone whose hour has come what changed."""
    delivery.send_due(timezone.now())
