"""POST /p/<token>/goals/<pk>/statements/: what they want, said anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from arbiter.outcomes.actions import goals as goal_verbs
from arbiter.outcomes.actions import revisions as revision_verbs
from arbiter.outcomes.queries import goals as goal_queries
from arbiter.outcomes.queries import revisions
from arbiter.outcomes.queries.choices import WhoseWords
from arbiter.portal import agreed, corrections, goals, words
from arbiter.portal.access import Visit, behind_a_link, refused
from arbiter.portal.reply import written

if TYPE_CHECKING:
    from arbiter.outcomes.models import Goal


@behind_a_link("POST")
def create(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """Replace a goal by one in the customer's words: the old one is retired, its measure goes over."""
    statement = written(request.POST, "statement")
    if not statement:
        return refused(request, words.plain("nothing_said_anew"))
    again = goal_queries.of(visit.customer, as_of=visit.at).filter(statement=statement).first()
    if again is not None and again.pk != pk:
        return corrections.record(request, visit, lambda: again, note="restated")
    goal = goals.theirs(visit, pk)
    return corrections.record(
        request, visit, lambda: _restated(visit, goal, statement), note="restated"
    )


def _restated(visit: Visit, goal: Goal, statement: str) -> Goal:
    if goal.statement == statement:
        return goal
    last = revisions.history(goal, as_of=visit.at).first()
    fresh = goal_verbs.state(
        customer=visit.customer,
        statement=statement,
        whose_words=WhoseWords.CUSTOMER,
        category=goal.category,
        stated_by=visit.contact,
        priority=goal.priority,
        contract=goal.contract,
        pain=goal.pain,
        constraints=goal.constraints,
        by=visit.contact,
        at=visit.at,
    )
    if last is not None:
        revision_verbs.revise(
            goal=fresh,
            reason="Carried over from the earlier wording",
            agreed_by=visit.contact,
            by=visit.contact,
            at=visit.at,
            **agreed.fields_of(last),
        )
    goal_verbs.retire(
        goal=goal, reason=f"Said anew by {visit.contact.name}", by=visit.contact, at=visit.at
    )
    return fresh
