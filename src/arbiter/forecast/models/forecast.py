"""What the method makes of what is known."""

from django.db import models


class Anchor(models.Model):
    """The intercept that fits the open portfolio to the company's renewal rate on a day.

    `due` and `renewed` are what had been told by then, None where nothing was. `reference` is the average
    open contract, feature by feature, from which reasons are told; `contracts` is how many were open when it
    was last solved.
    """

    as_of = models.DateTimeField()
    method = models.CharField(max_length=60)
    due = models.PositiveIntegerField(null=True)
    renewed = models.PositiveIntegerField(null=True)
    contracts = models.PositiveIntegerField()
    intercept = models.FloatField()
    spread = models.FloatField()
    reference = models.JSONField()


class Forecast(models.Model):
    """A probability that a contract renews, with a range, its reasons and what it was made from. Immutable."""

    contract = models.ForeignKey("accounts.Contract", models.CASCADE, related_name="+")
    as_of = models.DateTimeField()
    anchor = models.ForeignKey(Anchor, models.PROTECT, related_name="+")
    method = models.CharField(max_length=60)
    probability = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    reasons = models.JSONField()
    inputs = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["contract", "-as_of", "-id"], name="forecast_forecast_latest")
        ]
