"""The work of measuring."""

from django.conf import settings
from django.db import models


class Computation(models.Model):
    """A time all measures were computed, or shall be: who wanted it, how far it is, how it ended.

    `done` of `total` steps are behind it; `step` says in words what it is at.
    """

    wanted_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=200, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["wanted_at"],
                condition=models.Q(finished_at=None),
                name="metrics_computation_open",
            ),
        ]
