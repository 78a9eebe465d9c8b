"""What the audit of trusted numbers found."""

from django.db import models


class Audit(models.Model):
    """What every trusted number had said before the renewals decided by a moment. Immutable.

    `result` holds plain values (see `queries/audits/working.py`), `losses` what each number said last of every
    lost contract; `fingerprint` tells whether a later audit found anything else.
    """

    as_of = models.DateTimeField()
    method = models.CharField(max_length=60)
    decided = models.PositiveIntegerField()
    lost = models.PositiveIntegerField()
    signals = models.PositiveIntegerField()
    result = models.JSONField()
    losses = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["-as_of", "-id"], name="forecast_audit_newest")]
