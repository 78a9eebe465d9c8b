"""Tidying up after work: what is finished or over is not kept for ever."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from arbiter.foundation.jobs.job import job
from arbiter.foundation.models import Beat

SUCCESS_KEPT = timedelta(hours=6)
FAILURE_KEPT = timedelta(days=30)
BEAT_KEPT = timedelta(days=1)


@job()
def tidy() -> None:
    """Delete finished jobs, over sessions and dead workers' last beats."""
    delete_finished(at=timezone.now())


def delete_finished(*, at: datetime) -> None:
    """Delete what was over some time before a moment; failures are kept longer, for a person to look at."""
    finished = DBTaskResult.objects.all()
    finished.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - SUCCESS_KEPT).delete()
    finished.filter(status=TaskResultStatus.FAILED, finished_at__lt=at - FAILURE_KEPT).delete()
    Beat.objects.filter(seen_at__lt=at - BEAT_KEPT).delete()
    Session.objects.filter(expire_date__lt=at).delete()
