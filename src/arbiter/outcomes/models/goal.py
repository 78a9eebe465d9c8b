"""What customers want."""

from django.db import models
from django.db.models import Q

from arbiter.foundation.models.stored import Stored


class Category(models.Model):
    """A kind of goal; the usual eight are there from the start and a company may add its own."""

    slug = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        verbose_name_plural = "categories"


class WhoseWords(models.TextChoices):
    """Who worded the statement."""

    CUSTOMER = "customer", "the customer's words"
    VENDOR = "vendor", "our words"


class Goal(Stored):
    """A desired outcome. Its measure and target are revisions; it is retired with a reason, never deleted."""

    customer = models.ForeignKey("accounts.Customer", models.CASCADE, related_name="+")
    statement = models.TextField()
    whose_words = models.CharField(max_length=10, choices=WhoseWords.choices, blank=True)
    category = models.CharField(max_length=40, blank=True)
    stated_by = models.ForeignKey(
        "accounts.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    priority = models.PositiveSmallIntegerField(null=True, blank=True)
    contract = models.ForeignKey(
        "accounts.Contract", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    stage = models.CharField(max_length=100, blank=True)
    pain = models.TextField(blank=True)
    constraints = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(statement=""), name="outcomes_goal_has_statement"),
        ]
