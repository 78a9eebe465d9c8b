"""The queue: claim a job, run it, put it back or lay it down. Rows change hands by conditional UPDATEs."""

from __future__ import annotations

import logging
from datetime import datetime
from traceback import format_exception
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from arbiter.foundation.jobs import heartbeat
from arbiter.foundation.jobs.job import ATTEMPTS, LIMIT, Job, wait_after

logger = logging.getLogger(__name__)


def claim(worker: str, at: datetime) -> DBTaskResult[..., Any] | None:
    """Take the next job that is due for a worker; None when nothing is."""
    while (row := _due(at).first()) is not None:
        taken = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, started_at=at, worker_ids=[*row.worker_ids, worker]
        )
        if taken:
            row.refresh_from_db()
            return row
    return None


def perform(row: DBTaskResult[..., Any]) -> None:
    """Run a claimed job and write down how it went."""
    try:
        value = row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    except Exception as problem:
        logger.exception("Job %s failed at attempt %s.", row.task_path, len(row.worker_ids))
        give_back(row, at=timezone.now(), problem=problem)
    except BaseException:
        # The process is being stopped: another worker shall do it from the start.
        give_back(row, at=timezone.now())
        raise
    else:
        _write(
            row,
            status=TaskResultStatus.SUCCESSFUL,
            finished_at=timezone.now(),
            return_value=value,
            exception_class_path="",
            traceback="",
        )


def reap(worker: str, at: datetime) -> int:
    """Give back the jobs of workers that are gone, and those over their limit. Returns how many.

    A worker never takes its own running job for a dead one's: it is the one that asks.
    """
    alive = heartbeat.alive(at) | {worker}
    reaped = 0
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        owner = row.worker_ids[-1] if row.worker_ids else ""
        over = row.started_at is None or row.started_at + _policy(row)[0] < at
        if over or owner not in alive:
            logger.warning("Job %s of worker %s is given back.", row.task_path, owner)
            reaped += give_back(row, at=at, problem=TimeoutError(f"{owner} is gone or too slow."))
    return reaped


def is_under_way(job: Job[..., Any]) -> bool:
    """Say whether a job waits or runs."""
    return DBTaskResult.objects.filter(
        task_path=job.module_path,
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
    ).exists()


def failed_last(job: Job[..., Any]) -> bool:
    """Say whether the last run of a job ended badly, for good."""
    last = DBTaskResult.objects.filter(task_path=job.module_path).order_by("-enqueued_at").first()
    return last is not None and last.status == TaskResultStatus.FAILED


def give_back(
    row: DBTaskResult[..., Any], *, at: datetime, problem: Exception | None = None
) -> bool:
    """Have a job tried again after a wait, or lay it down as failed when it was tried often enough."""
    attempt = len(row.worker_ids)
    told: dict[str, Any] = {}
    if problem is not None:
        told["exception_class_path"] = f"{type(problem).__module__}.{type(problem).__qualname__}"
        told["traceback"] = "".join(format_exception(problem))
    if problem is not None and attempt >= _policy(row)[1]:
        return _write(row, status=TaskResultStatus.FAILED, finished_at=at, **told)
    wait = wait_after(attempt) if problem is not None else None
    return _write(row, status=TaskResultStatus.READY, run_after=at + wait if wait else at, **told)


def _due(at: datetime) -> QuerySet[DBTaskResult[..., Any]]:
    # A job queued without a delay carries the last possible date.
    return DBTaskResult.objects.filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=at), status=TaskResultStatus.READY
    )


def _write(row: DBTaskResult[..., Any], **changes: Any) -> bool:
    """Change a job only while it is still in the same hands: a slow worker may have lost it meanwhile."""
    mine = DBTaskResult.objects.filter(
        pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at
    )
    return bool(mine.update(**changes))


def _policy(row: DBTaskResult[..., Any]) -> tuple[Any, int]:
    try:
        task = row.task
    except ImportError:
        return LIMIT, ATTEMPTS
    return (task.limit, task.attempts) if isinstance(task, Job) else (LIMIT, ATTEMPTS)
