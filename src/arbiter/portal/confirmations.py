"""POST /p/<token>/goals/<pk>/confirmations/: this is still right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from arbiter.outcomes.actions import revisions as verbs
from arbiter.outcomes.queries.revisions import confirmed_just_now
from arbiter.portal import corrections, goals
from arbiter.portal.access import Visit, behind_a_link

if TYPE_CHECKING:
    from arbiter.outcomes.models import Goal


@behind_a_link("POST")
def create(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """Note that a goal is still right as it stands."""
    goal = goals.theirs(visit, pk)
    return corrections.record(request, visit, lambda: _confirmed(visit, goal), note="confirmed")


def _confirmed(visit: Visit, goal: Goal) -> Goal:
    if not confirmed_just_now(goal, visit.contact, visit.at):
        verbs.reconfirm(goal=goal, agreed_by=visit.contact, by=visit.contact, at=visit.at)
    return goal
