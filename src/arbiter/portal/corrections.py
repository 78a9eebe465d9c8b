"""What a contact changes about a goal: recorded once, by a person, in one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from arbiter.foundation.refusals import Refusal
from arbiter.portal import access, words
from arbiter.portal.access import SeeOther, Visit
from arbiter.voice.actions import links
from arbiter.voice.queries import arrivals

if TYPE_CHECKING:
    from arbiter.outcomes.models import Goal


def record(
    request: HttpRequest, visit: Visit, change: Callable[[], Goal | None], *, note: str
) -> HttpResponse:
    """Make a change and lead on to the goal it is about (or the letter), with a note.

    A goal cannot be kept and yet not counted, as a flagged answer is: what a machine sends is refused.
    """
    if arrivals.judge(access.arrival(request, visit)):
        return access.refused(request, words.plain("no_person"))
    try:
        with transaction.atomic():
            # Holds the link: a form sent twice is seen one after the other, and the second finds it done.
            links.count(link=visit.link, at=visit.at)
            goal = change()
    except links.TooMuchThroughThisLink:
        raise
    except Refusal as refusal:
        return access.refused(request, refusal)
    where = ("goal", goal.pk) if goal else ("letter",)
    return SeeOther(visit.url(*where, noted=note))
