"""Mail on its way out."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class MailStatus(models.TextChoices):
    """What became of a mail."""

    QUEUED = "queued", "waiting"
    SENDING = "sending", "being sent"
    SENT = "sent", "sent"
    FAILED = "failed", "failed"
    DROPPED = "dropped", "not sent"
    KEPT = "kept", "shown here"


class OutboxMail(models.Model):
    """A mail, written in the transaction of the reason for it and sent at most once.

    *sending* is claimed before the server is spoken to. If it stays, nobody knows whether the mail left:
    a person decides. `reason` says why it was not sent, `error` what the server said.
    The words of a `secret` mail and the `tokens` in any other are shown to nobody and go when it has left.
    `provider_id` is the number that a mail provider gave it, by which it tells how the mail fared.
    """

    dedupe_key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    provider_id = models.CharField(max_length=200, blank=True)
    to = models.EmailField(max_length=254)
    reply_to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=400)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    about = models.CharField(max_length=100, blank=True)
    secret = models.BooleanField(default=False)
    tokens = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=MailStatus.choices)
    reason = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    send_after = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["send_after", "id"],
                condition=Q(status=MailStatus.QUEUED),
                name="foundation_mail_due",
            ),
            models.Index(fields=["status", "-id"], name="foundation_mail_by_status"),
            models.Index(
                fields=["provider_id"],
                condition=~Q(provider_id=""),
                name="foundation_mail_at_provider",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MailStatus.values), name="foundation_mail_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=MailStatus.DROPPED) | ~Q(reason=""),
                name="foundation_mail_dropped_has_reason",
            ),
        ]

    @property
    def is_unsure(self) -> bool:
        """Say whether it was claimed and something went wrong before the server had confirmed it."""
        return self.status == MailStatus.SENDING and bool(self.error)
