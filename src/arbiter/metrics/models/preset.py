"""How the company does business."""

from django.conf import settings
from django.db import models

from arbiter.metrics.rules import BusinessModel


class Preset(models.Model):
    """How the company sells, from a moment on: it decides which measures apply. The latest counts."""

    business_model = models.CharField(
        max_length=10, choices=[(each.value, each.label) for each in BusinessModel]
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(business_model__in=[each.value for each in BusinessModel]),
                name="metrics_preset_is_known",
            ),
        ]
