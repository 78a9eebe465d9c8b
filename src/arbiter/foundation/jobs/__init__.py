"""Work done apart from a page: at least once, by the API that Django 6 has built in.

`django-tasks-db` keeps the queue in our own database, so that a job is queued in the transaction of the
reason for it. What it lacks stands here: retries, a reaper for killed workers, a schedule, a heartbeat.
"""

from arbiter.foundation.jobs.job import Job, job
from arbiter.foundation.jobs.recurring import Recurring

__all__ = ["Job", "Recurring", "job"]
