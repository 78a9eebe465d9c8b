"""Who we serve."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from arbiter.foundation.models.stored import Stored


class Customer(Stored):
    """A company we serve. Why it bought and what was promised stay with it from the handoff on."""

    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=200, blank=True)
    segment = models.CharField(max_length=100, blank=True)
    industry = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=100, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    stage = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=20, blank=True)
    since = models.DateField(null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children"
    )
    why_bought = models.TextField(blank=True)
    promised_value = models.TextField(blank=True)
    promised_by = models.CharField(max_length=200, blank=True)
    promise_quote = models.TextField(blank=True)
    promise_source = models.CharField(max_length=200, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(Lower("name"), "id", name="accounts_customer_by_name"),
            models.Index(fields=["domain"], name="accounts_customer_by_domain"),
        ]
