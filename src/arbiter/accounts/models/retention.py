"""How long words are kept."""

from django.conf import settings
from django.db import models


class Retention(models.Model):
    """How many days words of a kind are kept; without a row, or without days, for as long as the customer is on file."""

    kind = models.CharField(max_length=40, unique=True)
    days = models.PositiveIntegerField(null=True, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(days=None) | models.Q(days__gt=0),
                name="accounts_retention_keeps_a_day",
            ),
        ]
