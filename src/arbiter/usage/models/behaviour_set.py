"""Sets of behaviours: what somebody does who gets something out of the product."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from arbiter.foundation.models.stored import Stored


class BehaviourSet(Stored):
    """A rule over events with a name, for everybody or for the customers of a segment or a stage.

    It is never changed: a new version follows and retires the one before. `line` is the first version's
    number, by which all versions of one set are found. A set that `means_value` is what first value is told by.
    """

    line = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=100)
    rule = models.JSONField()
    segment = models.CharField(max_length=100, blank=True)
    stage = models.CharField(max_length=100, blank=True)
    means_value = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["line", "-version"], name="usage_behaviourset_versions")]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(retired_at=None),
                name="usage_behaviourset_name_stands_once",
            ),
            models.UniqueConstraint(
                fields=["line", "version"], name="usage_behaviourset_version_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="usage_behaviourset_has_name"),
        ]
