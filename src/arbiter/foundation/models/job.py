"""What the worker keeps about itself; the queue of jobs is `django_tasks_db`'s own table."""

from django.db import models


class Recurrence(models.Model):
    """When a recurring job is due again. Whoever moves `next_run_at` on has the right to queue it."""

    name = models.CharField(max_length=100, unique=True)
    next_run_at = models.DateTimeField()


class Beat(models.Model):
    """A worker's sign of life. One that stops beating is gone, and what it was doing is done again."""

    worker = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
