"""The read model of usage: what pages and lists show, counted from the log now and then. May be made anew."""

from math import expm1

from django.db import models

from arbiter.usage.models.behaviour_set import BehaviourSet
from arbiter.usage.models.feature import Feature


class UsageStanding(models.Model):
    """What a customer's people did up to the end of a day, `until`. Every customer has a row, the idle ones too.

    Counted over 28 days unless the name says otherwise. `told` holds the numbers last written as signals.
    """

    customer = models.OneToOneField(
        "accounts.Customer", models.CASCADE, primary_key=True, related_name="+"
    )
    until = models.DateField()
    as_of = models.DateTimeField()
    segment = models.CharField(max_length=100, blank=True)
    users_1d = models.PositiveIntegerField(default=0)
    users_7d = models.PositiveIntegerField(default=0)
    users_28d = models.PositiveIntegerField(default=0)
    events_28d = models.PositiveBigIntegerField(default=0)
    seats = models.PositiveIntegerField(null=True, blank=True)
    adoption = models.FloatField(null=True, blank=True)
    breadth = models.FloatField(null=True, blank=True)
    per_person = models.FloatField(null=True, blank=True)
    frequency = models.FloatField(null=True, blank=True)
    trend = models.FloatField(null=True, blank=True)
    trend_low = models.FloatField(null=True, blank=True)
    trend_high = models.FloatField(null=True, blank=True)
    trend_weeks = models.PositiveSmallIntegerField(default=0)
    weekly = models.JSONField(default=list)
    users_new = models.PositiveIntegerField(default=0)
    users_returning = models.PositiveIntegerField(default=0)
    users_dormant = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    first_value_at = models.DateTimeField(null=True, blank=True)
    told = models.JSONField(default=dict)
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-events_28d", "customer"], name="usage_standing_busy"),
            models.Index(fields=["segment", "-events_28d", "customer"], name="usage_standing_part"),
            models.Index(fields=["last_at"], name="usage_standing_last"),
        ]

    @property
    def trend_percent(self) -> int | None:
        """By how many percent events change from week to week; None where it is too short to say."""
        return _percent(self.trend)

    @property
    def trend_low_percent(self) -> int | None:
        """The low end of its interval."""
        return _percent(self.trend_low)

    @property
    def trend_high_percent(self) -> int | None:
        """The high end of its interval."""
        return _percent(self.trend_high)

    @property
    def is_moving(self) -> bool:
        """Whether the interval of the trend leaves no change out."""
        low, high = self.trend_low, self.trend_high
        return low is not None and high is not None and (low > 0 or high < 0)


def _percent(slope: float | None) -> int | None:
    return None if slope is None else round(100 * expm1(slope))


class FeatureStanding(models.Model):
    """What a customer's people did with a feature in 28 days, and in the 28 days before. Idle ones have no row."""

    feature = models.ForeignKey(Feature, models.CASCADE, related_name="+")
    customer = models.ForeignKey("accounts.Customer", models.CASCADE, related_name="+")
    users = models.PositiveIntegerField()
    events = models.PositiveBigIntegerField()
    active_days = models.PositiveSmallIntegerField()
    events_before = models.PositiveBigIntegerField(default=0)
    last_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["feature", "-users", "customer"], name="usage_featurestanding_busy"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "feature"], name="usage_featurestanding_once"
            ),
        ]


class Completion(models.Model):
    """When a customer first did the whole of a set, and whether it does so still.

    `last` is the number of the last period with which a set of periods held: by it `met` ends as the days go by.
    """

    behaviour_set = models.ForeignKey(BehaviourSet, models.CASCADE, related_name="+")
    customer = models.ForeignKey("accounts.Customer", models.CASCADE, related_name="+")
    first_at = models.DateTimeField()
    met = models.BooleanField(default=False)
    last = models.IntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["behaviour_set", "-first_at", "customer"], name="usage_completion_latest"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "behaviour_set"], name="usage_completion_once"
            ),
        ]


class CompletionTimes(models.Model):
    """How many days customers took from their start to a set's first completion, or have waited without one.

    `counts` is one row for each number of days, rising: the days, how many took them, how many have waited them.
    """

    behaviour_set = models.OneToOneField(
        BehaviourSet, models.CASCADE, primary_key=True, related_name="+"
    )
    until = models.DateField()
    began_after = models.DateField()
    counts = models.JSONField(default=list)


class AdoptionFigure(models.Model):
    """What a feature, or the whole product where there is none, is to a segment, or to everybody ("")."""

    feature = models.ForeignKey(Feature, models.CASCADE, null=True, blank=True, related_name="+")
    segment = models.CharField(max_length=100, blank=True)
    until = models.DateField()
    customers = models.PositiveIntegerField()
    using = models.PositiveIntegerField()
    users = models.PositiveBigIntegerField()
    events = models.PositiveBigIntegerField()
    seats = models.PositiveBigIntegerField()
    on_seats = models.PositiveBigIntegerField()
    means = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feature", "segment"], name="usage_adoptionfigure_once"
            ),
            models.UniqueConstraint(
                fields=["segment"],
                condition=models.Q(feature=None),
                name="usage_adoptionfigure_whole_once",
            ),
        ]
