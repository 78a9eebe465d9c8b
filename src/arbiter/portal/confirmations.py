"""POST /p/<token>/goals/<pk>/confirmations/: this is still right."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from arbiter.outcomes.actions import revisions as verbs
from arbiter.outcomes.queries import revisions
from arbiter.portal import corrections, goals
from arbiter.portal.access import Visit, behind_a_link

if TYPE_CHECKING:
    from arbiter.outcomes.models import Goal

# Pressed twice is meant once.
AGAIN_AFTER = timedelta(hours=1)


@behind_a_link("POST")
def create(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """Note that a goal is still right as it stands."""
    goal = goals.theirs(visit, pk)
    return corrections.record(request, visit, lambda: _confirmed(visit, goal), note="confirmed")


def _confirmed(visit: Visit, goal: Goal) -> Goal:
    last = revisions.history(goal, as_of=visit.at).first()
    just_now = last is not None and visit.at - last.at < AGAIN_AFTER
    if not (just_now and last is not None and last.agreed_by_id == visit.contact.pk):
        verbs.reconfirm(goal=goal, agreed_by=visit.contact, by=visit.contact, at=visit.at)
    return goal
