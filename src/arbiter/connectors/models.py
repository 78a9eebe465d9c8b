"""What came in: each import, and what stood in the rows it changed."""

from django.conf import settings
from django.db import models


class Status(models.TextChoices):
    """How far an import has come."""

    DRAFT = "draft", "not started"
    CHECKING = "checking", "checking"
    CHECKED = "checked", "checked, nothing stored"
    RUNNING = "running", "running"
    STORED = "stored", "stored"
    REFUSED = "refused", "refused, nothing stored"
    STOPPED = "stopped", "stopped, nothing stored"
    UNDONE = "undone", "undone"


class Import(models.Model):
    """Files that came in together: who brought them and when, what became of them, and whether it was undone.

    Its rows carry its id; `rows` and `problems` are counts, `people` the ids of colleagues it was first to name.
    """

    source = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    options = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    problems = models.PositiveIntegerField(default=0)
    people = models.JSONField(default=list)
    categories = models.JSONField(default=list)
    last_fact = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="connectors_import_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="connectors_import_undone_by_whom",
            ),
        ]


class Brought(models.Model):
    """A row that an import made, of a table whose rows do not say by which import they came."""

    import_record = models.ForeignKey(Import, models.CASCADE, related_name="brought")
    file = models.CharField(max_length=20)
    row = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "brought"
        constraints = [
            models.UniqueConstraint(fields=["file", "row"], name="connectors_brought_once"),
        ]


class Before(models.Model):
    """What a changed row said before an import and after it, column by column: only what differs."""

    import_record = models.ForeignKey(Import, models.CASCADE, related_name="before")
    file = models.CharField(max_length=20)
    row = models.BigIntegerField()
    customer = models.BigIntegerField()
    before = models.JSONField()
    after = models.JSONField()
    custom_before = models.JSONField(null=True)
    custom_after = models.JSONField(null=True)

    class Meta:
        verbose_name_plural = "before"
        indexes = [models.Index(fields=["file", "row"], name="connectors_before_of_row")]
