"""What was measured, and who stood behind it."""

from django.db import models


class MeasureSnapshot(models.Model):
    """A measure of some customers as it was known at the end of a day. Immutable.

    `scope` is empty for everybody. Computed anew with another outcome it gets a later version, and the
    latest counts; the earlier ones stay, for they are what a page has shown.
    """

    measure = models.CharField(max_length=60)
    as_of = models.DateTimeField()
    scope = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)
    method = models.CharField(max_length=60)
    currency = models.CharField(max_length=3, blank=True)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField()
    effective_n = models.FloatField(null=True)
    count = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["as_of", "scope"], name="metrics_snapshot_of_a_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "scope", "as_of", "version"], name="metrics_snapshot_once"
            ),
        ]


class NameList(models.Model):
    """The customers behind a part of a measure on a day, the most telling first; packed. Immutable.

    Numbers of customers and their values stand beside each other, so that a page of names is a slice.
    """

    measure = models.CharField(max_length=60)
    part = models.CharField(max_length=60)
    as_of = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    customers = models.PositiveIntegerField()
    packed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "part", "as_of", "version"], name="metrics_names_once"
            ),
        ]
