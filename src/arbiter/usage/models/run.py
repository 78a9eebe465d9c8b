"""The work of counting usage."""

from django.db import models

from arbiter.foundation.models.run import Run


class SnapshotRun(Run):
    """A time usage was counted, or shall be. `step` says in words what it is at.

    `as_of` is the moment up to which it knew: the next one looks for what was recorded after it.
    `whole` counts every customer anew. `features` are those that were counted, in their order in each pulse.
    """

    as_of = models.DateTimeField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    whole = models.BooleanField(default=False)
    features = models.JSONField(null=True, blank=True)
    step = models.CharField(max_length=200, blank=True)
    customers = models.PositiveIntegerField(default=0)


class LookBack(Run):
    """A time the past was told as signals, or shall be: events came with a file, or went with one."""
