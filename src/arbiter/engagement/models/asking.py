"""When to ask whom: rules, and each time one of them found somebody."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from arbiter.foundation.models.stored import Stored


class AskingRule(Stored):
    """When this, ask that. It does nothing until it is switched on.

    `when` holds what it waits for, such as `{"on": "before_renewal", "days": [90, 30]}`, and `whom` the customers and people
    it is for; `rules.asking` reads both. `survey_key` names the survey; empty stands for the outcome questions.
    """

    name = models.CharField(max_length=200)
    survey_key = models.CharField(max_length=200, blank=True)
    when = models.JSONField()
    whom = models.JSONField(default=dict, blank=True)
    sample_percent = models.PositiveSmallIntegerField(default=100)
    hold_out_percent = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    on_since = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sample_percent__lte=100, hold_out_percent__lte=100),
                name="engagement_rule_percents",
            ),
        ]


class OccasionState(models.TextChoices):
    """What became of an occasion to ask."""

    WAITING = "waiting", "waiting"
    ASKED = "asked", "asked"
    NOT_ASKED = "not_asked", "not asked"
    HELD_OUT = "held_out", "held out"


class Occasion(models.Model):
    """That a rule found somebody to ask. `number` is its own for rule, contact and cause, so that it comes once.

    Whoever is not asked keeps a reason; who waits keeps the reason of today and the day of the next look.
    """

    rule = models.ForeignKey(AskingRule, models.CASCADE, related_name="occasions")
    contact = models.ForeignKey("accounts.Contact", models.CASCADE, related_name="+")
    number = models.CharField(max_length=64, unique=True)
    because = models.CharField(max_length=200)
    goal_key = models.CharField(max_length=200, blank=True)
    contract_key = models.CharField(max_length=200, blank=True)
    found_at = models.DateTimeField()
    look_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=OccasionState.choices, default=OccasionState.WAITING
    )
    reason_code = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    ask_key = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["look_at", "id"],
                condition=Q(state="waiting"),
                name="engagement_occasion_due",
            ),
            models.Index(fields=["state", "-decided_at", "-id"], name="engagement_occasion_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OccasionState.values), name="engagement_occasion_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="not_asked") | ~Q(reason=""),
                name="engagement_occasion_has_reason",
            ),
        ]
