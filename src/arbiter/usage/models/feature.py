"""Features, as people here call them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from arbiter.foundation.models.stored import Stored


class Feature(Stored):
    """A part of the product that people talk about: one or several names of events that mean its use."""

    name = models.CharField(max_length=100)
    events = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(retired_at=None), name="usage_feature_name_stands_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="usage_feature_has_name"),
        ]
