"""What we lost, what was known before it, and what we made of it afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class FrozenFile(models.Model):
    """What was known of a contract on the last day before its customer gave notice. Immutable.

    `as_of` is the end of that day. `content` holds plain values (see `queries/surprises/files.py`); the
    columns beside it are what the ledger counts. A decision that turns out to have come earlier gets a file
    of its own: this one then says too much and is no longer read.
    """

    contract = models.ForeignKey("accounts.Contract", models.CASCADE, related_name="+")
    as_of = models.DateTimeField()
    made_at = models.DateTimeField()
    belief = models.FloatField(null=True)
    belief_at = models.DateTimeField(null=True)
    forecast = models.FloatField(null=True)
    forecast_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=12)
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "as_of"], name="forecast_frozen_file_once"),
        ]


class LossCause(models.TextChoices):
    """Whose doing a loss was, as told afterwards."""

    OURS = "ours", "Ours"
    EXTERNAL = "external", "External"
    PAYMENT = "payment", "A payment"


class PostMortem(models.Model):
    """What a colleague made of a loss. A change of mind is a new version; the latest counts, all are kept.

    `steps` is the chain of causes, the first the nearest: what, the evidence for it, a link. `avoidable` is
    None where nobody can say. `known` tells whether any of us knew, `known_to` who, `known_on` since when.
    """

    contract = models.ForeignKey("accounts.Contract", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cause = models.CharField(max_length=10, choices=LossCause.choices)
    evidence = models.TextField(blank=True)
    avoidable = models.BooleanField(null=True)
    steps = models.JSONField(default=list)
    known = models.BooleanField(null=True)
    known_to = models.TextField(blank=True)
    known_on = models.DateField(null=True)
    quote = models.TextField(blank=True)
    quoted = models.ForeignKey(
        "accounts.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lessons = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["contract", "-recorded_at", "-id"], name="forecast_postmortem_latest"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=LossCause.values), name="forecast_postmortem_has_cause"
            ),
            models.CheckConstraint(
                condition=~Q(cause=LossCause.EXTERNAL) | ~Q(evidence=""),
                name="forecast_postmortem_external_has_evidence",
            ),
        ]


class SafeBar(models.Model):
    """From which chance on the company calls a contract safe. The latest counts, all are kept."""

    probability = models.DecimalField(max_digits=5, decimal_places=4)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1),
                name="forecast_safe_bar_is_a_chance",
            ),
        ]


class MonthReview(models.Model):
    """A colleague went through the losses of a month: when, what was said, and how many there were then."""

    month = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    said = models.TextField(blank=True)
    losses = models.PositiveIntegerField()
    judged = models.PositiveIntegerField()
    surprises = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["month", "-id"], name="forecast_review_of_month")]
        constraints = [
            models.CheckConstraint(
                condition=Q(judged__lte=F("losses"), surprises__lte=F("judged")),
                name="forecast_review_adds_up",
            ),
        ]
