"""Tickets that were closed, for whoever asks how it went."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from arbiter.voice.models import Feedback, FeedbackSource, FeedbackStatus


def closed(
    customer_ids: Collection[int], *, since: datetime, until: datetime
) -> QuerySet[Feedback]:
    """The tickets of some thousand customers that were closed lately, however long ago they came in.

    A ticket counts from its own closing, as its file tells it: a first import of years of tickets asks about none but
    those closed within the time.
    """
    tickets = Feedback.objects.filter(
        source=FeedbackSource.TICKET, status=FeedbackStatus.DONE, customer__in=customer_ids
    )
    return tickets.filter(closed_at__gt=since, closed_at__lte=until).order_by("closed_at", "pk")
