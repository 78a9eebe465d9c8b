"""Work that is wanted, done in the background, and tells how far it is."""

from django.conf import settings
from django.db import models


class Run(models.Model):
    """A time some work was done, or shall be: who wanted it, `done` of `total` steps, how it ended."""

    wanted_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=["wanted_at"],
                condition=models.Q(finished_at=None),
                name="%(app_label)s_%(class)s_open",
            ),
        ]

    @property
    def state(self) -> str:
        """What a page shows: waiting, running, done or failed."""
        if self.finished_at is not None:
            return "failed" if self.problem else "done"
        return "running" if self.started_at is not None else "waiting"
