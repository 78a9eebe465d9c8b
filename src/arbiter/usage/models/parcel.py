"""What was acknowledged and is not in the log yet."""

from django.db import models

from arbiter.usage.models.source import Source


class Dialect(models.TextChoices):
    """Whose words a body is in."""

    SEGMENT = "segment", "Segment or RudderStack"
    POSTHOG = "posthog", "PostHog"
    WEBHOOK = "webhook", "a webhook"


class Flush(models.Model):
    """One append to the log; its key is the version that the log notes in the same commit."""

    claimed_at = models.DateTimeField()


class Parcel(models.Model):
    """The body of one request as it came: all that an acknowledged event needs to survive.

    `body` is gzipped. A parcel that was claimed for a flush goes when the log has the flush.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    received_at = models.DateTimeField()
    dialect = models.CharField(max_length=10, choices=Dialect.choices)
    events = models.PositiveIntegerField()
    body = models.BinaryField()
    flush = models.ForeignKey(Flush, models.SET_NULL, null=True, blank=True, related_name="+")
