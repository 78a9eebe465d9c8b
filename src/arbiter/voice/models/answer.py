"""What came back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from arbiter.foundation.models.stored import Stored
from arbiter.voice.models.ask import Ask, AskKind


class Intent(models.TextChoices):
    """The answer to "will you continue?"."""

    YES = "yes", "yes"
    NO = "no", "no"
    NOT_SURE = "not_sure", "not sure"


class Answer(Stored):
    """What a contact said. Immutable: a change of mind is a new answer, and the database refuses any other.

    `flagged` answers look as if a machine gave them: kept, shown, and not counted.
    `submission` is the form's own number, so that a form sent twice is one answer.
    Of a survey, `value` is its first part and `details` holds the others by their id, as JSON; `language` is the one it was shown in.
    Where the first part is a text, `value` is just `said`, and the words are in `comment` and `details`.
    `via` is how it came in where that is more than the channel of the ask: `qr`, `widget`.
    """

    ask = models.ForeignKey(Ask, models.SET_NULL, null=True, blank=True, related_name="answers")
    contact = models.ForeignKey("accounts.Contact", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=AskKind.choices)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    value = models.CharField(max_length=100)
    scale = models.CharField(max_length=10, blank=True)
    comment = models.TextField(blank=True)
    would_make_it_yes = models.TextField(blank=True)
    flagged = models.BooleanField(default=False)
    flag_reason = models.CharField(max_length=100, blank=True)
    on_behalf_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    evidence = models.TextField(blank=True)
    submission = models.CharField(max_length=64, null=True, blank=True, unique=True)
    version = models.ForeignKey(
        "voice.SurveyVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=20, blank=True)
    details = models.TextField(blank=True)
    may_quote = models.BooleanField(null=True, blank=True)
    via = models.CharField(max_length=10, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["contact", "kind", "-at"], name="voice_answer_latest"),
            models.Index(fields=["-at", "-id"], name="voice_answer_newest"),
            models.Index(
                fields=["-at", "-id"],
                condition=~Q(flag_reason=""),
                name="voice_answer_flagged",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=AskKind.INTENT) | Q(value__in=Intent.values),
                name="voice_answer_intent_is_known",
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_by__isnull=True) | ~Q(evidence=""),
                name="voice_answer_on_behalf_has_evidence",
            ),
        ]


class FollowUp(models.Model):
    """Who works on a "not sure", and by when. Set anew, a later one follows; none is rewritten.

    `reason` and `would_make_it_yes` are what we understood, beside the customer's own words in the answer.
    """

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="follow_ups")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    due_on = models.DateField()
    set_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    would_make_it_yes = models.TextField(blank=True)
    custom = models.JSONField(default=dict, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True, db_index=True)
