"""How often we may write to a person and to a customer, when, and to whom never again."""

from django.conf import settings
from django.db import models

from arbiter.foundation.models.stored import Stored


class AskingLimits(models.Model):
    """The one budget over everything we send. One row; without it these defaults hold.

    Days are days between two asks of the same person. Hours are the recipient's: nothing leaves before `sends_from` or
    from `sends_until` on, nor on a Saturday or Sunday unless `on_weekends`.
    """

    any_days = models.PositiveIntegerField(default=30)
    relationship_days = models.PositiveIntegerField(default=180)
    transactional_days = models.PositiveIntegerField(default=90)
    outcome_days = models.PositiveIntegerField(default=7)
    people_a_week = models.PositiveIntegerField(default=3)
    a_day = models.PositiveIntegerField(default=200)
    sends_from = models.PositiveSmallIntegerField(default=8)
    sends_until = models.PositiveSmallIntegerField(default=18)
    on_weekends = models.BooleanField(default=False)
    set_at = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "asking limits"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="voice_limits_are_one"),
            models.CheckConstraint(
                condition=models.Q(sends_until__lte=24, sends_from__lt=models.F("sends_until")),
                name="voice_limits_hours_are_a_day",
            ),
        ]


class SuppressionScope(models.TextChoices):
    """What is not sent any more."""

    SURVEYS = "surveys", "surveys"
    EDUCATION = "education", "check-ins and education"
    ALL = "all", "everything"


class SuppressionCause(models.TextChoices):
    """Why an address is not written to."""

    UNSUBSCRIBED = "unsubscribed", "unsubscribed"
    BOUNCED = "bounced", "mail came back"
    COMPLAINED = "complained", "marked as spam"
    IMPORTED = "imported", "from a list"
    BY_US = "by_us", "decided by us"


class Suppression(Stored):
    """An address that is not to be written to. It outlives the contact: then only the salted hash is left.

    Lifted (`lifted_at`) it stays on file.
    """

    address_hash = models.CharField(max_length=64)
    address = models.EmailField(max_length=254, blank=True)
    contact = models.ForeignKey(
        "accounts.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    scope = models.CharField(max_length=10, choices=SuppressionScope.choices)
    cause = models.CharField(max_length=12, choices=SuppressionCause.choices)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["address_hash"], name="voice_suppression_by_address")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=SuppressionScope.values),
                name="voice_suppression_scope_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(cause__in=SuppressionCause.values),
                name="voice_suppression_cause_is_known",
            ),
        ]


class DeliveryNews(models.Model):
    """What a mail provider told of one of our mails: delivered, soft or hard bounce, complaint."""

    message_id = models.CharField(max_length=200, db_index=True)
    address_hash = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=12)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    number = models.CharField(max_length=200, unique=True)
