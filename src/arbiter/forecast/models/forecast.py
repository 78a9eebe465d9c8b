"""What the method makes of what is known."""

from django.db import models


class Learning(models.Model):
    """What the company's own renewals made of the starting beliefs by a moment. Immutable.

    `model` is the stored form of what is believed: numbers as text, nothing that could run. `digest` tells
    whether it would learn from the same renewals again, `fingerprint` whether it believes the same.
    """

    as_of = models.DateTimeField()
    method = models.CharField(max_length=60)
    model = models.TextField()
    fingerprint = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    renewals = models.PositiveIntegerField()
    churns = models.PositiveIntegerField()
    customers = models.PositiveIntegerField()
    snapshots = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-as_of", "-id"], name="forecast_learning_newest")]


class Anchor(models.Model):
    """Where forecasts start on a day: what was learnt, or the beliefs of the first day, fitted to the open portfolio.

    `due` and `renewed` are what had been told by then, None where nothing was. `reference` is the average
    open contract, feature by feature, from which reasons are told; `contracts` is how many were open when it
    was last solved, `decided` how many decisions were known. Without `learning` it is the first day's.
    """

    as_of = models.DateTimeField()
    method = models.CharField(max_length=60)
    due = models.PositiveIntegerField(null=True)
    renewed = models.PositiveIntegerField(null=True)
    contracts = models.PositiveIntegerField()
    decided = models.PositiveIntegerField(default=0)
    learning = models.ForeignKey(Learning, models.PROTECT, null=True, related_name="+")
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
