"""The journal's lines."""

import json
from typing import Any

from django.db import models


class Fact(models.Model):
    """A line in the journal: who did what, when, to what. Only ever added; the database refuses the rest.

    It holds names of kinds and ids, never a person's words or address: those live in rows that may be
    erased, while the chain of hashes stays whole.
    """

    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    data = models.TextField(default="{}")
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["customer_id", "-at", "-id"], name="foundation_fact_timeline"),
        ]

    @property
    def details(self) -> dict[str, Any]:
        """The ids and plain values that belong to the fact."""
        found: dict[str, Any] = json.loads(self.data)
        return found
