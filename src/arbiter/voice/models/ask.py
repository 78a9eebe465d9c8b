"""Questions put to contacts."""

from django.conf import settings
from django.db import models

from arbiter.foundation.models.stored import Stored


class AskKind(models.TextChoices):
    """What is asked."""

    INTENT = "intent", "Will you continue?"
    NPS = "nps", "NPS"
    CSAT = "csat", "CSAT"
    CES = "ces", "CES"
    GOAL = "goal", "What do you want?"
    CHECK_IN = "check_in", "Check-in"
    VERDICT = "verdict", "Did you get it?"
    CUSTOM = "custom", "Custom question"


class Channel(models.TextChoices):
    """How the question reached the contact."""

    MAIL = "mail", "mail"
    LINK = "link", "personal link"
    PORTAL = "portal", "portal"
    CALL = "call", "call"


class Ask(Stored):
    """A question put to a contact. It names the goal or contract it is about by their keys: those live above.

    `rule_key` names the asking rule that put it. `opened_at` is when a person was seen at the page (by a POST of the page
    after somebody moved or typed; never by its being loaded). Answers may follow one another until `closes_at`.
    """

    contact = models.ForeignKey("accounts.Contact", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=AskKind.choices)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    goal_key = models.CharField(max_length=200, blank=True)
    contract_key = models.CharField(max_length=200, blank=True)
    link = models.ForeignKey(
        "voice.PersonalLink", models.SET_NULL, null=True, blank=True, related_name="asks"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.ForeignKey(
        "voice.SurveyVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    rule_key = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=20, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["contact", "kind", "-at"], name="voice_ask_latest"),
            models.Index(fields=["-at", "-id"], name="voice_ask_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AskKind.values), name="voice_ask_kind_is_known"
            ),
        ]
