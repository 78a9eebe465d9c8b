"""Tickets that were closed, for whoever asks how it went."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from arbiter.voice.models import Feedback, FeedbackSource, FeedbackStatus


def closed(
    customer_ids: Collection[int], *, since: datetime, until: datetime
) -> QuerySet[Feedback]:
    """The tickets of some thousand customers that came in lately and are done."""
    tickets = Feedback.objects.filter(
        source=FeedbackSource.TICKET, status=FeedbackStatus.DONE, customer__in=customer_ids
    )
    return tickets.filter(at__gt=since, at__lte=until).order_by("at", "pk")
