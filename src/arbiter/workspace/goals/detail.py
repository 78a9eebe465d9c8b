"""One goal: what they said, what was agreed, what was measured, who judged, who knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.accounts.rules import day
from arbiter.foundation.queries import company
from arbiter.foundation.roles import Permission
from arbiter.outcomes import rules
from arbiter.outcomes.queries import (
    attainment,
    awareness,
    feeds,
    goals,
    milestones,
    results,
    revisions,
    verdicts,
)
from arbiter.outcomes.queries.choices import Knows, categories
from arbiter.ui.wording import number
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.customer import usage
from arbiter.workspace.replies import show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arbiter.accounts.models import Contact
    from arbiter.outcomes.models import Awareness, Goal, Milestone, Result, Revision
    from arbiter.outcomes.queries.attainment import GoalAttainment

KNOWS = {
    "": "Not told",
    Knows.TOLD: "Told",
    Knows.SEEN: "Has seen it",
    Knows.AGREED: "Agrees",
    Knows.DISPUTED: "Disputes it",
}


@dataclass(frozen=True)
class Knowing:
    """What one contact knows of the result."""

    contact: Contact
    state: str
    says: str
    at: datetime | None


@open_to_colleagues("GET")
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a goal with everything it has."""
    goal = get_object_or_404(goals.visible_to(request.user), pk=pk)
    now = timezone.now()
    current = revisions.current([goal.pk], as_of=now).get(goal.pk)
    standing = attainment.of_goal(goal, as_of=now)
    series = results.series([goal.pk], as_of=now).get(goal.pk, [])
    guards = _guards(goal, current, now)
    uses = usage.beside(goal.customer_id, [goal.pk]).get(goal.pk, [])
    feed = feeds.of(goal)
    return show(
        request,
        "goals/detail",
        title="Goal",
        now=now,
        customer=goal.customer,
        goal=goal,
        written_down_by=goals.written_down_by(goal),
        category=dict(categories()).get(goal.category, goal.category),
        current=current,
        standing=standing,
        track=_track(current, standing, series),
        points=[(result.at.date(), float(result.value)) for result in series],
        results=sorted([*series, *guards], key=lambda result: result.at, reverse=True),
        quoted=f"“{goal.statement}”",
        missing=_missing(current),
        agreed=_agreed(current) if current else [],
        revisions=revisions.history(goal, as_of=now),
        verdicts=verdicts.history(goal, as_of=now),
        people=list(_knowing(goal, now)),
        steps=_steps(milestones.of(goal.customer).filter(goal=goal).select_related("evidence")),
        vendor=company.name(),
        worth=_worth(current, standing),
        uses=uses,
        depth=usage.depth(uses) if uses else "",
        fed_by=feeds.words(feed) if feed else "",
        ask_url=_asking(goal) if request.user.may(Permission.ASK_CUSTOMERS) else "",
        may_edit=request.user.may(Permission.EDIT_CUSTOMERS) and goal.retired_at is None,
        may_restore=request.user.may(Permission.EDIT_CUSTOMERS) and goal.retired_at is not None,
        may_record=request.user.may(Permission.RECORD_ON_BEHALF) and goal.retired_at is None,
    )


def _asking(goal: Goal) -> str:
    """Where to ask for a verdict on it: the page chooses who stated it, where they are still there."""
    if goal.retired_at is not None:
        return ""
    asked = {"customer": goal.customer_id, "kind": "verdict", "goal": goal.pk}
    return f"{reverse('workspace:asks-new')}?{urlencode(asked)}"


def _track(
    current: Revision | None, standing: GoalAttainment | None, series: list[Result]
) -> dict[str, Any] | None:
    """What the track draws: solid up to the value that stood when the customer last confirmed."""
    if current is None or standing is None or not (series or current.target is not None):
        return None
    confirmed = None
    if standing.confirmed and standing.verdict:
        before = [result.value for result in series if result.at <= standing.verdict.at]
        confirmed = before[-1] if before else None
    return {
        "baseline": current.baseline,
        "value": series[-1].value if series else None,
        "target": current.target,
        "confirmed": confirmed,
        "direction": current.direction or "up",
        "unit": current.unit,
        "name": current.measure,
        "end": f"by {current.due_on:%-d %b %Y}" if current.due_on else "",
    }


def _guards(goal: Goal, current: Revision | None, now: datetime) -> list[Result]:
    if current is None or not current.guard_measure:
        return []
    return results.series([goal.pk], as_of=now, measure=current.guard_measure).get(goal.pk, [])


def _missing(current: Revision | None) -> list[str]:
    return rules.measurability(
        measure=current.measure if current else "",
        unit=current.unit if current else "",
        target=current.target if current else None,
        due_on=current.due_on if current else None,
        source=current.source if current else "",
        direction=current.direction if current else "",
    )


def _agreed(current: Revision) -> list[dict[str, str]]:
    """The agreement that stands, term by term, without what was not agreed."""
    way = ""
    if current.target is not None:
        start = f"{number(current.baseline)} to " if current.baseline is not None else ""
        way = f"{start}{number(current.target)} {current.unit}"
    guard = ""
    if current.guard_measure:
        limit = number(current.guard_limit) if current.guard_limit is not None else "a limit"
        guard = f"{current.guard_measure}, not above {limit}"
    named = (
        ("Measure", current.measure),
        ("From and to", way),
        ("By", f"{current.due_on:%-d %b %Y}" if current.due_on else ""),
        ("Source", current.source),
        ("Measured by", current.measured_by),
        ("How often", current.cadence),
        ("Must not get worse", guard),
    )
    return [{"term": term, "value": value} for term, value in named if value]


def _worth(current: Revision | None, standing: GoalAttainment | None) -> Any:
    if current is None or standing is None:
        return None
    return rules.agreed_value(
        direction=current.direction,
        baseline=current.baseline,
        target=current.target,
        now=standing.result.value if standing.result else None,
        money_per_unit=current.money_per_unit,
    )


def _knowing(goal: Goal, now: datetime) -> Iterable[Knowing]:
    """Everyone who is there, with the last thing known of what they know."""
    rows: dict[int, Awareness] = awareness.latest([goal.pk], as_of=now).get(goal.pk, {})
    for contact in contacts.current(goal.customer, on=day(now)):
        row = rows.get(contact.pk)
        state = row.state if row else ""
        yield Knowing(contact, state, KNOWS[state], row.at if row else None)


def _steps(steps: Iterable[Milestone]) -> list[dict[str, Any]]:
    """The path: what is done, what comes next, what later."""
    found = []
    next_one = "next"
    for step in steps:
        state = "done" if step.done_at else next_one
        if not step.done_at:
            next_one = "later"
        found.append(
            {
                "title": step.title,
                "side": step.side or "ours",
                "state": state,
                "at": step.done_at,
                "due": step.due_on,
                "measured_by": step.evidence.name if step.evidence and step.is_measured else "",
                "looked_for": step.evidence.name if step.evidence and not step.done_at else "",
            }
        )
    return found
