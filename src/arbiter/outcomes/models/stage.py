"""Where a customer is in its life, and what success means there."""

from django.db import models

from arbiter.foundation.models.stored import Stored


class Stage(Stored):
    """A stage of a customer's life with its own meaning of success, for a segment and a product or for all.

    Several may lie within a trial: `starts_after_days` counts from the day the customer began. A customer is in the stage
    that its record names; the days say when it is expected there, and when success should have come.
    """

    name = models.CharField(max_length=100)
    segment = models.CharField(max_length=100, blank=True)
    product = models.CharField(max_length=100, blank=True)
    position = models.PositiveIntegerField()
    starts_after_days = models.PositiveIntegerField(null=True, blank=True)
    success_within_days = models.PositiveIntegerField(null=True, blank=True)
    meaning = models.TextField()
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "segment", "product"],
                condition=models.Q(archived_at=None),
                name="outcomes_stage_once",
            ),
        ]
