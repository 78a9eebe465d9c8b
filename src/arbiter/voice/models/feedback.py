"""What customers tell us besides answers, sorted by theme, worked on, and answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from arbiter.foundation.models.stored import Stored
from arbiter.voice.models.answer import Answer
from arbiter.voice.models.ask import Ask


class FeedbackSource(models.TextChoices):
    """Where it was said; a file may name other places."""

    ANSWER = "answer", "answer"
    REPLY = "reply", "reply to a mail"
    INTERVIEW = "interview", "interview"
    TICKET = "ticket", "ticket"
    REQUEST = "request", "feature request"
    OTHER = "other", "other"


class FeedbackStatus(models.TextChoices):
    """How far we are with it."""

    NEW = "new", "new"
    PLANNED = "planned", "planned"
    IN_WORK = "in_work", "in work"
    DONE = "done", "done"
    DECLINED = "declined", "not going to happen"


CLOSED = (FeedbackStatus.DONE, FeedbackStatus.DECLINED)


class Feedback(Stored):
    """Something a customer said, verbatim. Its words are theirs and never edited; what we do about it is ours.

    The comment of an answer names its `answer`; a reply by whoever was asked names the `ask` of that mail, so that both
    stand beside the answer, whichever came first. `closed_at` is since when it is done, or not going to happen.
    """

    customer = models.ForeignKey("accounts.Customer", models.CASCADE, related_name="+")
    contact = models.ForeignKey(
        "accounts.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.OneToOneField(
        Answer, models.SET_NULL, null=True, blank=True, related_name="feedback"
    )
    ask = models.ForeignKey(Ask, models.SET_NULL, null=True, blank=True, related_name="replies")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    text = models.TextField()
    language = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=20, default=FeedbackSource.OTHER)
    goal_key = models.CharField(max_length=200, blank=True)
    product_area = models.CharField(max_length=100, blank=True)
    status = models.CharField(
        max_length=10, choices=FeedbackStatus.choices, default=FeedbackStatus.NEW
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "-at", "-id"], name="voice_feedback_by_status"),
            models.Index(fields=["-at", "-id"], name="voice_feedback_newest"),
            models.Index(fields=["customer", "-at"], name="voice_feedback_of_customer"),
            models.Index(fields=["status", "closed_at"], name="voice_feedback_closed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=FeedbackStatus.values), name="voice_feedback_status_known"
            ),
        ]


class Theme(Stored):
    """What several pieces of feedback are about, named by a person."""

    name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    change = models.TextField(blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)


class Sorting(models.Model):
    """That a piece of feedback is about a theme: suggested by counting words until a person confirms or refuses it."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="sortings")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="sortings")
    suggested_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_confirmed = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feedback", "theme"], name="voice_sorting_once"),
        ]


class FeedbackReply(models.Model):
    """What we told the giver: "you said, we did"."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="replies")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    mail_key = models.CharField(max_length=200, blank=True)


class InboundMail(models.Model):
    """A reply that reached us, known by its Message-ID so that it is taken once."""

    message_id = models.CharField(max_length=400, unique=True)
    sender_hash = models.CharField(max_length=64)
    about = models.CharField(max_length=100, blank=True)
    feedback = models.ForeignKey(Feedback, models.SET_NULL, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    ignored_because = models.CharField(max_length=200, blank=True)
