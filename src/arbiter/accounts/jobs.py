"""What recurs: words are forgotten when their time is over."""

from datetime import timedelta

from django.utils import timezone

from arbiter.accounts.actions import retention
from arbiter.foundation.jobs import job
from arbiter.foundation.models import Person


@job(limit=timedelta(hours=1))
def forget_over() -> None:
    """Erase the words that are kept no longer."""
    retention.forget_over(by=Person.objects.system(), at=timezone.now())
