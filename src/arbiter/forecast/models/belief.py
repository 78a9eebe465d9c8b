"""What our own people believe."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Belief(models.Model):
    """A colleague's dated probability that a contract renews, with a line of reason. Kept as it was said."""

    contract = models.ForeignKey("accounts.Contract", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    probability = models.DecimalField(max_digits=5, decimal_places=4)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    custom = models.JSONField(default=dict, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["contract", "-at", "-id"], name="forecast_belief_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1),
                name="forecast_belief_is_a_probability",
            ),
        ]


class Opening(models.Model):
    """A sealed answer that a colleague chose to read without saying first what they believed."""

    answer_id = models.BigIntegerField()
    contract = models.ForeignKey("accounts.Contract", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer_id", "contract"], name="forecast_opening_once"),
        ]


class BaseRate(models.Model):
    """What the company told at set-up: of its last n renewals, how many renewed. The latest counts."""

    due = models.PositiveIntegerField()
    renewed = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due__gte=1, renewed__lte=F("due")), name="forecast_base_rate_is_a_share"
            ),
        ]
