"""The path: milestones in order, each owned by one side, goal by goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from arbiter.foundation.queries import company
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.customer import frame
from arbiter.workspace.customer.visit import Visit, link

if TYPE_CHECKING:
    from arbiter.outcomes.models import Milestone
    from arbiter.workspace.customer.material import Material


@open_to_colleagues()
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the steps to each goal, and those that serve none in particular."""
    visit, known = frame.open_page(request, pk)
    return frame.show(
        request,
        visit,
        known,
        "customer-path",
        paths=_paths(visit, known),
        vendor=company.name(),
    )


def _paths(visit: Visit, known: Material) -> list[dict[str, Any]]:
    """One path per goal that has steps or might have some; steps without a goal come last."""
    found = [
        {
            "title": each.goal.statement,
            "steps": _steps([step for step in known.steps if step.goal_id == each.goal.pk]),
            "add_url": link("goal-milestones", each.goal.pk) if visit.may_edit else "",
        }
        for each in known.attainment.goals
    ]
    standing = {each.goal.pk for each in known.attainment.goals}
    others = [step for step in known.steps if step.goal_id not in standing]
    if others:
        found.append({"title": "Other steps", "steps": _steps(others), "add_url": ""})
    return found


def _steps(steps: list[Milestone]) -> list[dict[str, Any]]:
    """The first open step is the next one; what comes after is later."""
    following = next((step.pk for step in steps if step.done_at is None), None)
    return [
        {
            "title": step.title,
            "side": step.side or "ours",
            "state": "done" if step.done_at else "next" if step.pk == following else "later",
            "at": step.done_at,
            "due": step.due_on,
            "measured_by": step.evidence.name if step.evidence and step.is_measured else "",
            "looked_for": step.evidence.name if step.evidence and not step.done_at else "",
            "pk": step.pk,
        }
        for step in steps
    ]
