"""What was measured."""

from django.db import models

from arbiter.outcomes.models.goal import Goal


class Provenance(models.TextChoices):
    """Where a value came from."""

    CUSTOMER = "customer", "the customer"
    CSM = "csm", "us"
    IMPORT = "import", "a file"
    API = "api", "the API"
    USAGE = "usage", "usage"


class Result(models.Model):
    """A dated value of a goal's measure, or of its guard. `measure` is empty for the goal's own."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="results")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    value = models.DecimalField(max_digits=24, decimal_places=6)
    measure = models.CharField(max_length=200, blank=True)
    provenance = models.CharField(max_length=10, choices=Provenance.choices, blank=True)
    reported_by = models.CharField(max_length=254, blank=True)
    evidence = models.TextField(blank=True)
    custom = models.JSONField(default=dict, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "measure", "at", "recorded_at"],
                name="outcomes_result_once_a_moment",
            ),
        ]
