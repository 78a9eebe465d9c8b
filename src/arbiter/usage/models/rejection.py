"""Events that were not taken."""

from django.db import models

from arbiter.usage.models.source import Source


class Rejection(models.Model):
    """A reason for which events of a source were not taken, how often, and the last of them."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)
    message = models.CharField(max_length=300)
    sample = models.TextField(blank=True)
    times = models.PositiveBigIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "code", "message"], name="usage_rejection_once_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["source", "-last_at"], name="usage_rejection_newest"),
        ]
