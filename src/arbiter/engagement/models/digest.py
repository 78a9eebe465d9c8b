"""Who hears each day what changed."""

from django.conf import settings
from django.db import models


class DigestOrder(models.Model):
    """Where the daily digest of changes goes: a colleague's mail, or a channel whose address is sealed."""

    kind = models.CharField(max_length=10)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=100, blank=True)
    sealed_address = models.TextField(blank=True)
    hour = models.PositiveSmallIntegerField(default=17)
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
