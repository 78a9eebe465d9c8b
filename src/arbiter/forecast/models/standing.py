"""The read model: where each customer and each open contract stands. Rewritten, never the source."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower


class IntentState(models.TextChoices):
    """What a customer has said about continuing; five states that are never merged."""

    NO = "no", "Someone said no"
    NOT_SURE = "not_sure", "Someone is not sure"
    NO_REPLY = "no_reply", "Asked, no reply"
    NEVER_ASKED = "never_asked", "Never asked"
    YES = "yes", "Everyone who answered said yes"


class Standing(models.Model):
    """Where a customer stands: everything a list row, a filter or a sort needs, in one row."""

    customer = models.OneToOneField(
        "accounts.Customer", models.CASCADE, primary_key=True, related_name="+"
    )
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    # All by which somebody may look for it, folded: its name, key and domain, its people and their addresses.
    words = models.TextField(blank=True)
    segment = models.CharField(max_length=100, blank=True)
    stage = models.CharField(max_length=100, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    owner_name = models.CharField(max_length=200, blank=True)
    # Money and time: the open contracts of the customer, in the currency of most of them.
    arr = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    other_currencies = models.JSONField(default=dict)
    renews_on = models.DateField(null=True)
    contract_id = models.BigIntegerField(null=True)
    # Will they continue?
    intent = models.CharField(max_length=12, choices=IntentState.choices)
    intent_at = models.DateTimeField(null=True)
    sealed = models.BooleanField(default=False)
    people = models.JSONField(default=list)
    only_friendly = models.BooleanField(default=False)
    silent_decision_maker = models.BooleanField(default=False)
    heard_decision_maker = models.BooleanField(default=False)
    # Are they getting what they came for?
    goals = models.PositiveIntegerField(default=0)
    own_words = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    disputed = models.PositiveIntegerField(default=0)
    unjudged = models.PositiveIntegerField(default=0)
    segments = models.JSONField(default=list)
    lead_goal = models.JSONField(default=dict)
    achieved_not_known = models.PositiveIntegerField(default=0)
    wrong_value = models.PositiveIntegerField(default=0)
    stale_goals = models.PositiveIntegerField(default=0)
    active_no_result = models.BooleanField(default=False)
    to_celebrate = models.PositiveIntegerField(default=0)
    last_heard_at = models.DateTimeField(null=True)
    last_value_conversation_at = models.DateTimeField(null=True)
    # What we make of it.
    belief = models.FloatField(null=True)
    belief_at = models.DateTimeField(null=True)
    probability = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    next_step = models.CharField(max_length=40, blank=True)
    next_step_about = models.JSONField(default=dict)
    urgency = models.FloatField(default=0)
    open_contracts = models.PositiveIntegerField(default=0)
    archived = models.BooleanField(default=False)
    as_of = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["archived", "-urgency", "customer"], name="forecast_standing_urgent"
            ),
            models.Index(
                fields=["archived", "intent", "renews_on", "customer"],
                name="forecast_standing_answer",
            ),
            models.Index(
                fields=["archived", "renews_on", "customer"], name="forecast_standing_renews"
            ),
            *(
                models.Index(fields=["archived", by, "customer"], name=f"forecast_standing_{short}")
                for short, by in (
                    ("arr", "-arr"),
                    ("chance", "probability"),
                    ("heard", "last_heard_at"),
                )
            ),
            # Everything that counts by facet need, so that counting never reads the wide rows themselves.
            models.Index(
                fields=[
                    *("archived", "owner", "intent", "sealed", "segment", "stage", "currency"),
                    *("renews_on", "arr", "goals", "own_words", "confirmed", "unjudged"),
                    *("heard_decision_maker", "silent_decision_maker"),
                ],
                name="forecast_standing_facets",
            ),
            models.Index(Lower("name"), "customer", name="forecast_standing_name"),
            *(
                models.Index(
                    fields=["-urgency", "customer"],
                    condition=models.Q(archived=False) & condition,
                    name=f"forecast_standing_{short}",
                )
                for short, condition in (
                    ("tell", models.Q(achieved_not_known__gt=0)),
                    ("idle", models.Q(active_no_result=True)),
                    ("stale", models.Q(stale_goals__gt=0)),
                    ("kind", models.Q(only_friendly=True)),
                    ("glad", models.Q(to_celebrate__gt=0)),
                )
            ),
        ]


class Outlook(models.Model):
    """Where an open contract stands: the row behind every sum of money on home and renewals."""

    contract = models.OneToOneField(
        "accounts.Contract", models.CASCADE, primary_key=True, related_name="+"
    )
    customer = models.ForeignKey("accounts.Customer", models.CASCADE, related_name="+")
    customer_name = models.CharField(max_length=200)
    segment = models.CharField(max_length=100, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ends_on = models.DateField()
    arr = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    intent = models.CharField(max_length=12, choices=IntentState.choices)
    sealed = models.BooleanField(default=False)
    belief = models.FloatField(null=True)
    belief_at = models.DateTimeField(null=True)
    probability = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    as_of = models.DateTimeField()

    class Meta:
        indexes = [
            # Everything that sums need, so that summing never reads the rows themselves.
            models.Index(
                fields=[
                    *("ends_on", "owner", "currency", "intent", "sealed", "arr", "belief"),
                    *("probability", "customer"),
                ],
                name="forecast_outlook_money",
            ),
            models.Index(fields=["ends_on", "contract"], name="forecast_outlook_by_end"),
        ]


class StaleCustomer(models.Model):
    """A mark, written with the fact: this customer's standing must be rewritten."""

    customer_id = models.BigIntegerField(primary_key=True)
    since = models.DateTimeField()


class Edition(models.Model):
    """Which writing of the read model this is: a new token with every change, for whoever keeps sums of it."""

    token = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="forecast_edition_is_one"),
        ]
