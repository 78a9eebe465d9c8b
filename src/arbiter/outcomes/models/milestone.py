"""Steps on the path to a goal."""

from django.db import models
from django.db.models import Q

from arbiter.foundation.models.stored import Stored
from arbiter.outcomes.models.goal import Goal


class Side(models.TextChoices):
    """Who owns a step."""

    OURS = "ours", "ours"
    THEIRS = "theirs", "theirs"


class Milestone(Stored):
    """An ordered step on the path to a goal, owned by one side. Going live is a step, not a goal.

    Where a set of behaviours is its `evidence`, usage may find it done: then `measured_at` is that moment, and
    the evidence is the version of the set that was completed. Somebody who opened it again did so at `reopened_at`.
    """

    customer = models.ForeignKey("accounts.Customer", models.CASCADE, related_name="+")
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="milestones"
    )
    title = models.CharField(max_length=300)
    side = models.CharField(max_length=10, choices=Side.choices, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveIntegerField(null=True, blank=True)
    evidence = models.ForeignKey(
        "usage.BehaviourSet", models.PROTECT, null=True, blank=True, related_name="+"
    )
    measured_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["customer"],
                condition=Q(done_at=None, evidence__isnull=False),
                name="outcomes_milestone_to_measure",
            ),
        ]

    @property
    def is_measured(self) -> bool:
        """Whether it is done because usage says so: not by somebody's word, nor by another day from a file."""
        return self.measured_at is not None and self.done_at == self.measured_at
