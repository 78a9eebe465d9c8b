"""What the audit of trusted numbers found."""

from django.conf import settings
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


class AuditRun(models.Model):
    """A time the audit was made, or shall be: who wanted it, how many customers are read, how it ended."""

    wanted_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["wanted_at"],
                condition=models.Q(finished_at=None),
                name="forecast_auditrun_open",
            ),
        ]
