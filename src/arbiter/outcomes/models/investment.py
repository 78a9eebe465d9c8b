"""What the customer put in."""

from django.db import models
from django.db.models import Q

from arbiter.foundation.models.stored import Stored
from arbiter.outcomes.models.goal import Goal


class Investment(Stored):
    """The customer's own effort toward a goal, in money by their own estimate; part of the cost in ROI."""

    customer = models.ForeignKey("accounts.Customer", models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3)
    assumptions = models.TextField(blank=True)
    stated_by = models.ForeignKey(
        "accounts.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="outcomes_investment_not_negative"
            ),
        ]
