"""The words that verdicts hold, forgotten when their time is over. The verdicts stay."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from arbiter.foundation import retention
from arbiter.foundation.erasing import MARK
from arbiter.foundation.retention import Kind
from arbiter.outcomes.actions.erasing import erase_words
from arbiter.outcomes.models import Verdict

AT_ONCE = 1_000


def register() -> None:
    """Tell of the one kind."""
    retention.register(
        Kind(
            "verdict_comments",
            "Comments of verdicts",
            "What was written beside a verdict, and its evidence. The verdict itself stays.",
            lambda before: _verdicts(before).count(),
            _forget,
        )
    )


def _verdicts(before: datetime) -> QuerySet[Verdict]:
    worded = ~Q(comment="") | ~Q(evidence__in=("", MARK))
    return Verdict.objects.filter(worded, at__lt=before)


def _forget(before: datetime) -> int:
    gone = 0
    while some := list(_verdicts(before).values_list("pk", flat=True)[:AT_ONCE]):
        gone += erase_words(Verdict.objects.filter(pk__in=some))
    return gone
