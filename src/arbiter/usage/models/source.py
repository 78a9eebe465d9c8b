"""Where events come from."""

from django.conf import settings
from django.db import models


class Kind(models.TextChoices):
    """What holds the key: a server keeps it secret, a browser shows it to everyone."""

    SERVER = "server", "a server"
    BROWSER = "browser", "a browser or an app"
    WEBHOOK = "webhook", "a webhook of Segment or RudderStack"


class Source(models.Model):
    """A product, site or tool that sends events, known by its key.

    Where `users_are_customers`, people buy for themselves: an event without a group is its user's own.
    The key is looked up by its hash; sealed, it can be read again by those who set sources up.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key_hash = models.CharField(max_length=64, unique=True)
    sealed_key = models.TextField()
    group_type = models.CharField(max_length=100, default="company")
    users_are_customers = models.BooleanField(default=False)
    origins = models.JSONField(default=list, blank=True)
    traits = models.JSONField(default=list, blank=True)
    keep_days = models.PositiveIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(keep_days=None) | models.Q(keep_days__gt=0),
                name="usage_source_keeps_a_day",
            ),
        ]
