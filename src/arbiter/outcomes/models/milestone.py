"""Steps on the path to a goal."""

from django.db import models

from arbiter.foundation.models.stored import Stored
from arbiter.outcomes.models.goal import Goal


class Side(models.TextChoices):
    """Who owns a step."""

    OURS = "ours", "ours"
    THEIRS = "theirs", "theirs"


class Milestone(Stored):
    """An ordered step on the path to a goal, owned by one side. Going live is a step, not a goal."""

    customer = models.ForeignKey("accounts.Customer", models.CASCADE, related_name="+")
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="milestones"
    )
    title = models.CharField(max_length=300)
    side = models.CharField(max_length=10, choices=Side.choices, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveIntegerField(null=True, blank=True)
