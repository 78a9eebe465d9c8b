"""Dated numbers about customers."""

from django.db import models

from arbiter.accounts.models.customer import Customer


class Signal(models.Model):
    """A dated number about a customer that somebody trusts: health score, NPS, logins, tickets …"""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    value = models.FloatField()
    custom = models.JSONField(default=dict, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "name", "at"], name="accounts_signal_once_a_moment"
            ),
        ]
