"""What we promised."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from arbiter.foundation.models.stored import Stored


class Promise(Stored):
    """What we promised a customer: due on a day, kept or broken."""

    customer = models.ForeignKey("accounts.Customer", models.CASCADE, related_name="+")
    contact = models.ForeignKey(
        "accounts.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField()
    promised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)
    feedback_key = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["customer", "-at"], name="engagement_promise_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_at=None) | Q(broken_at=None),
                name="engagement_promise_kept_or_broken",
            ),
        ]
