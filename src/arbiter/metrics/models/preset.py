"""How the company does business."""

from django.conf import settings
from django.db import models

from arbiter.metrics.rules import BusinessModel


class Preset(models.Model):
    """How the company sells, from a moment on: it decides which measures apply. The latest counts.

    Where it sells by orders, `order_event` names the usage events that are orders, and `order_amount` the
    property that holds what each came to.
    """

    business_model = models.CharField(
        max_length=10, choices=[(each.value, each.label) for each in BusinessModel]
    )
    order_event = models.CharField(max_length=200, default="Order Completed")
    order_amount = models.CharField(max_length=100, default="total")
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
