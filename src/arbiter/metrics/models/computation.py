"""The work of measuring."""

from django.db import models

from arbiter.foundation.models.run import Run


class Computation(Run):
    """A time all measures were computed, or shall be: who wanted it, how far it is, how it ended.

    `step` says in words what it is at.
    """

    step = models.CharField(max_length=200, blank=True)
