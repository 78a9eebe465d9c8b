"""That a person was seen at a page behind a link: somebody pressed or typed there, a mail scanner does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from arbiter.voice.models import Ask
from arbiter.voice.queries import arrivals

if TYPE_CHECKING:
    from arbiter.voice.models import PersonalLink
    from arbiter.voice.queries.arrivals import Arrival


def note(*, link: PersonalLink, arrival: Arrival) -> bool:
    """Keep when the questions behind a link were first seen by a person; say whether that was news.

    A silent verb: nothing was said. What looks like a machine's is not kept.
    """
    return _note(Ask.objects.filter(link=link), arrival)


def note_ask(*, ask: Ask | None, arrival: Arrival) -> bool:
    """Keep when one question, such as one of the widget, was first seen by a person; see `note`."""
    return ask is not None and _note(Ask.objects.filter(pk=ask.pk), arrival)


def _note(asks: QuerySet[Ask], arrival: Arrival) -> bool:
    if arrivals.judge(arrival):
        return False
    return bool(asks.filter(opened_at__isnull=True).update(opened_at=arrival.at))
