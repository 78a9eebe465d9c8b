"""How good forecasts would have been."""

from django.db import models


class Backtest(models.Model):
    """What would have been forecast of the renewals decided by a moment, judged by how they ended. Immutable.

    `result` holds plain values (see `queries/backtests/working.py`); `fingerprint` tells whether a later
    backtest found anything else.
    """

    as_of = models.DateTimeField()
    method = models.CharField(max_length=60)
    renewals = models.PositiveIntegerField()
    lost = models.PositiveIntegerField()
    result = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["-as_of", "-id"], name="forecast_backtest_newest")]
