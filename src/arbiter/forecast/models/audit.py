"""What the audit of trusted numbers found."""

from django.db import models

from arbiter.foundation.models.run import Run


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


class AuditRun(Run):
    """A time the audit was made, or shall be: who wanted it, how many customers are read, how it ended."""
