"""What the customer judged, and what they know."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from arbiter.foundation.models.stored import Stored
from arbiter.outcomes.models.goal import Goal


class Judgement(models.TextChoices):
    """Did you get it?"""

    ACHIEVED = "achieved", "achieved"
    PARTLY = "partly", "partly"
    NOT = "not", "not achieved"
    TOO_EARLY = "too_early", "too early to say"


class Helped(models.TextChoices):
    """Did our product help?"""

    YES = "yes", "yes"
    PARTLY = "partly", "partly"
    NO = "no", "no"


class Verdict(Stored):
    """A contact's dated judgement of a goal. Immutable; only a new one follows it.

    A colleague may record one on behalf, with evidence; it still belongs to the contact.
    """

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="verdicts")
    contact = models.ForeignKey("accounts.Contact", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Judgement.choices)
    helped = models.CharField(max_length=10, choices=Helped.choices, blank=True)
    comment = models.TextField(blank=True)
    on_behalf_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    evidence = models.TextField(blank=True)
    flagged = models.BooleanField(default=False)
    flag_reason = models.CharField(max_length=100, blank=True)
    submission = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["goal", "-at", "-id"], name="outcomes_verdict_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=Judgement.values), name="outcomes_verdict_is_known"
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_by__isnull=True) | ~Q(evidence=""),
                name="outcomes_verdict_on_behalf_has_evidence",
            ),
        ]


class Knows(models.TextChoices):
    """What a contact knows of a result. No row means: not told."""

    TOLD = "told", "told"
    SEEN = "seen", "seen"
    AGREED = "agreed", "agreed"
    DISPUTED = "disputed", "disputed"


class Awareness(models.Model):
    """What a contact knew of a goal's results from a moment on."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="awareness")
    contact = models.ForeignKey("accounts.Contact", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Knows.choices)
    custom = models.JSONField(default=dict, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        verbose_name_plural = "awareness"
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "contact", "at", "state"], name="outcomes_awareness_once_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(state__in=Knows.values), name="outcomes_awareness_state_is_known"
            ),
        ]
