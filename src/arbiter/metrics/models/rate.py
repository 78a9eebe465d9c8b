"""What one currency is worth in another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ExchangeRate(models.Model):
    """What one unit of a currency is worth in the company's, from a day on. The latest that began counts.

    A rate that was wrong is withdrawn, never edited: a later one follows it.
    """

    currency = models.CharField(max_length=3)
    into = models.CharField(max_length=3)
    per_unit = models.DecimalField(max_digits=20, decimal_places=8)
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(per_unit__gt=0), name="metrics_rate_above_zero"),
            models.CheckConstraint(
                condition=~Q(currency=F("into")), name="metrics_rate_of_another_currency"
            ),
            models.UniqueConstraint(
                fields=["currency", "into", "valid_from"],
                condition=Q(withdrawn_at=None),
                name="metrics_rate_once_a_day",
            ),
        ]
