"""The words that voice holds, and forgets when their time is over. What was chosen, and when, is never among them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from arbiter.foundation import retention
from arbiter.foundation.erasing import MARK
from arbiter.foundation.retention import Kind
from arbiter.voice.actions.erasing import erase_words
from arbiter.voice.models import Answer, Feedback, InboundMail

AT_ONCE = 1_000
WORDED = ~Q(comment="") | ~Q(would_make_it_yes="") | ~Q(evidence__in=("", MARK))


def register() -> None:
    """Tell of every kind."""
    for kind in (COMMENTS, FEEDBACK, INBOUND):
        retention.register(kind)


def _answers(before: datetime) -> QuerySet[Answer]:
    return Answer.objects.filter(WORDED, at__lt=before)


def _forget_comments(before: datetime) -> int:
    gone = 0
    while some := list(_answers(before).values_list("pk", flat=True)[:AT_ONCE]):
        gone += erase_words(Answer.objects.filter(pk__in=some))
    return gone


def _feedback(before: datetime) -> QuerySet[Feedback]:
    return Feedback.objects.filter(at__lt=before).exclude(text="")


def _inbound(before: datetime) -> QuerySet[InboundMail]:
    return InboundMail.objects.filter(received_at__lt=before)


COMMENTS = Kind(
    "comments",
    "Comments of answers",
    "What was written beside an answer, and the feedback made of it. The answer itself stays.",
    lambda before: _answers(before).count(),
    _forget_comments,
)
FEEDBACK = Kind(
    "feedback",
    "Feedback",
    "What customers said in interviews, tickets and replies. Its theme, status and date stay.",
    lambda before: _feedback(before).count(),
    lambda before: _feedback(before).update(text="", custom={}),
)
INBOUND = Kind(
    "inbound",
    "Mails that came in",
    "That a reply was taken in, with the fingerprint of its sender. The feedback made of it stays.",
    lambda before: _inbound(before).count(),
    lambda before: _inbound(before).delete()[0],
)
