"""What can be asked: a question with its versions and their wordings in each language."""

from django.conf import settings
from django.db import models

from arbiter.foundation.models.stored import Stored
from arbiter.voice.models.ask import AskKind


class Purpose(models.TextChoices):
    """Why a survey is put to somebody: it decides how often it may be."""

    OUTCOME = "outcome", "outcome question"
    RELATIONSHIP = "relationship", "relationship survey"
    TRANSACTIONAL = "transactional", "survey after something happened"


class Survey(Stored):
    """A question that keeps its identity through all its versions and languages.

    What the library brings along is `is_built_in` until somebody words it anew.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=AskKind.choices)
    purpose = models.CharField(max_length=14, choices=Purpose.choices)
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AskKind.values), name="voice_survey_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=Purpose.values),
                name="voice_survey_purpose_is_known",
            ),
        ]


class SurveyVersion(Stored):
    """What a survey asks from a moment on. Never changed: a new version follows, answers name theirs.

    `parts` holds what is asked in its order, without words: `[{"id": "score", "type": "scale"}, {"id": "why",
    "type": "text"}, {"id": "quote", "type": "consent"}]`. Types are scale, choice, text, number, date and consent; a choice
    lists the ids of its `choices`. The first part is the value of an answer.
    `scale` is the range of a scale, such as `0-10`; `direction` says whether its upper end is good (`up`) or bad (`down`).
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    scale = models.CharField(max_length=10, blank=True)
    direction = models.CharField(max_length=4, default="up")
    parts = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="voice_version_once"),
        ]


class Wording(Stored):
    """The words of a version in one language: subject, question, ends of the scale, choices, follow-ups by band.

    Set anew, a later one follows from `made_at` on; answers keep the language they were shown.
    """

    version = models.ForeignKey(SurveyVersion, models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=20)
    words = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["version", "language", "-made_at"], name="voice_wording_latest")
        ]
