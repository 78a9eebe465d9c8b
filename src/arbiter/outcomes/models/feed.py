"""What usage has to do with a goal: which features serve it, and what of it feeds its measure."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from arbiter.outcomes.models.goal import Goal


class Serving(models.Model):
    """A feature serves a goal: somebody here says so. Its usage is shown beside the goal, as evidence."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    feature = models.ForeignKey("usage.Feature", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "feature"], name="outcomes_serving_once"),
        ]


class FeedKind(models.TextChoices):
    """What is counted of the customer's events in a month."""

    COUNT = "count", "How often an event happened"
    SUM = "sum", "The sum of a property of an event"
    MAX = "max", "The greatest value of a property of an event"
    RATIO = "ratio", "One sum or count divided by another"
    SET = "set", "Whether a set of behaviours was completed"


class Feed(models.Model):
    """An expression over usage that feeds a goal's measure, month by month, until it is disconnected.

    Without a property an event is counted; of a ratio the second event and property are what is divided by.
    """

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="feeds")
    kind = models.CharField(max_length=5, choices=FeedKind.choices)
    event = models.CharField(max_length=200, blank=True)
    property = models.CharField(max_length=200, blank=True)
    over_event = models.CharField(max_length=200, blank=True)
    over_property = models.CharField(max_length=200, blank=True)
    behaviour_set = models.ForeignKey(
        "usage.BehaviourSet", models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    disconnected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal"], condition=Q(disconnected_at=None), name="outcomes_feed_one_a_goal"
            ),
            models.CheckConstraint(
                condition=Q(kind="set", behaviour_set__isnull=False)
                | (~Q(kind="set") & ~Q(event="") & Q(behaviour_set__isnull=True)),
                name="outcomes_feed_names_what",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("sum", "max")) | ~Q(property=""),
                name="outcomes_feed_sums_a_property",
            ),
            models.CheckConstraint(
                condition=(Q(kind="ratio") & ~Q(over_event=""))
                | (~Q(kind="ratio") & Q(over_event="", over_property="")),
                name="outcomes_feed_ratio_is_over_something",
            ),
        ]
