"""The job that empties the outbox."""

from datetime import timedelta

from django.utils import timezone

from arbiter.foundation.jobs.job import job
from arbiter.foundation.mail import dispatch


@job(limit=timedelta(minutes=20), priority=10)
def send_mail() -> None:
    """Send what is due, batch after batch."""
    while dispatch.send_due(at=timezone.now()) == dispatch.BATCH:
        continue
