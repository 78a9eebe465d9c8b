"""What was agreed about a goal, from a moment on."""

from django.db import models
from django.db.models import Q

from arbiter.foundation.models.stored import Stored
from arbiter.outcomes.models.goal import Goal


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up", "up"
    DOWN = "down", "down"
    REACH = "reach", "reach"


class Revision(Stored):
    """The measure, baseline, target and date agreed from a moment on. The latest counts, all are kept."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="revisions")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    measure = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=5, choices=Direction.choices, blank=True)
    baseline = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    agreed_by = models.ForeignKey(
        "accounts.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=200, blank=True)
    measured_by = models.CharField(max_length=200, blank=True)
    cadence = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=100, blank=True)
    guard_measure = models.CharField(max_length=200, blank=True)
    guard_limit = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    money_per_unit = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        indexes = [models.Index(fields=["goal", "-at", "-id"], name="outcomes_revision_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(money_per_unit__isnull=True) | ~Q(currency=""),
                name="outcomes_revision_money_has_currency",
            ),
        ]
