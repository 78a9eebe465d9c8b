"""What runs by itself: the results that usage feeds."""

from datetime import timedelta

from django.utils import timezone

from arbiter.foundation.jobs import job
from arbiter.outcomes.actions import feeds


@job(limit=timedelta(hours=1))
def report_usage() -> None:
    """Report what usage says of the goals that it feeds, for the months that are over."""
    feeds.report(at=timezone.now())
