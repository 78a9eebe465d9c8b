"""Surveys in the vendor's own product."""

from django.conf import settings
from django.db import models


class Widget(models.Model):
    """How the vendor's product asks: the secret it signs with, and the origins of its pages. One row, or none when it is off.

    Secrets are sealed. The one before the last renewal (`sealed_before`) counts until `before_until`.
    """

    sealed_secret = models.TextField()
    sealed_before = models.TextField(blank=True)
    before_until = models.DateTimeField(null=True, blank=True)
    origins = models.JSONField(default=list)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="voice_widget_is_one"),
        ]
