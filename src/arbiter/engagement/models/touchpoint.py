"""Logged interactions."""

from django.conf import settings
from django.db import models

from arbiter.foundation.models.stored import Stored


class TouchpointKind(models.TextChoices):
    """What it was."""

    CALL = "call", "call"
    MEETING = "meeting", "meeting"
    MAIL = "mail", "mail"
    REVIEW = "review", "value review"
    NOTE = "note", "note"


class Touchpoint(Stored):
    """A logged interaction; a value conversation is one in which the customer's goals were talked about."""

    customer = models.ForeignKey("accounts.Customer", models.CASCADE, related_name="+")
    contacts = models.ManyToManyField("accounts.Contact", related_name="+", blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=TouchpointKind.choices, blank=True)
    value_conversation = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["customer", "-at"], name="engagement_touchpoint_latest")]
