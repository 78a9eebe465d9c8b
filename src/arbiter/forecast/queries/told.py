"""What customers told, in the plain values that a row of the read model holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from arbiter.accounts.queries.choices import DECIDING_ROLES
from arbiter.voice.queries.answers import PersonIntent
from arbiter.voice.queries.intents import CustomerIntent

if TYPE_CHECKING:
    from decimal import Decimal

    from arbiter.forecast.models import Standing
    from arbiter.outcomes.queries.attainment import Attainment, GoalAttainment

_ROLE_ORDER = ("decision_maker", "sponsor", "procurement", "champion", "user", "other")
# Of whom a next step speaks: the first person in one of these states.
_STATES_OF_STEP = {
    "log_belief": ("no", "not_sure", "yes"),
    "call": ("no",),
    "follow_up": ("not_sure",),
    "ask": ("never_asked",),
    "ask_again": ("no_reply",),
}
_GOALS_OF_STEP = {
    "settle_dispute": "disputed",
    "tell_them": "achieved_not_known",
    "re_ask_goal": "stale",
    "celebrate": "celebrate",
}


def intent(found: CustomerIntent) -> dict[str, Any]:
    """What its people said about continuing."""
    people = sorted(found.people, key=lambda each: (_ROLE_ORDER.index(each.role), each.contact_id))
    return {
        "intent": str(found.state),
        "intent_at": found.at,
        "people": [_person(each) for each in people],
        "only_friendly": found.only_friendly,
        "silent_decision_maker": found.silent_decision_maker,
        "heard_decision_maker": any(
            each.role == "decision_maker" and each.at for each in found.people
        ),
        "last_heard_at": found.last_heard_at,
    }


def goals(found: Attainment) -> dict[str, Any]:
    """What its people said about their goals, and what was measured."""
    return {
        "goals": found.total,
        "own_words": sum(goal.goal.whose_words == "customer" for goal in found.goals),
        "confirmed": found.confirmed,
        "disputed": found.disputed,
        "unjudged": found.unjudged,
        "segments": found.segments,
        "lead_goal": goal(found.lead) if found.lead else {},
        "achieved_not_known": found.achieved_not_known,
        "wrong_value": found.wrong_value,
        "stale_goals": found.stale,
        "to_celebrate": found.to_celebrate,
    }


def is_without_result(row: Standing) -> bool:
    """Say whether nothing that the customer wants has come nearer, by their word or our measure."""
    return row.confirmed == 0 and not {"partly", "measured"} & set(row.segments)


def goal(found: GoalAttainment) -> dict[str, Any]:
    """One goal: what is wanted, what was measured, what was said of it."""
    agreed, verdict = found.revision, found.verdict
    return {
        "id": found.goal.pk,
        "statement": found.goal.statement,
        "whose_words": found.goal.whose_words,
        "measure": agreed.measure if agreed else "",
        "unit": agreed.unit if agreed else "",
        "direction": agreed.direction if agreed else "",
        "baseline": _number(agreed.baseline if agreed else None),
        "target": _number(agreed.target if agreed else None),
        "value": _number(found.result.value if found.result else None),
        "due_on": found.due_on.isoformat() if found.due_on else None,
        "progress": found.progress,
        "segment": found.segment,
        "judgement": found.judgement,
        "judged_at": verdict.at.isoformat() if verdict else None,
        "judged_by": verdict.contact.name if verdict else "",
        "fresh": found.fresh,
        "awareness": found.awareness,
    }


def about(step: str, people: Sequence[dict[str, Any]], attainment: Attainment) -> dict[str, Any]:
    """Return whom or what a next step is about: a contact, a goal, or nothing."""
    if step in _STATES_OF_STEP:
        return _of_person(each for each in people if each["state"] in _STATES_OF_STEP[step])
    if step == "ask_decision_maker":
        return _of_person(
            each for each in people if each["role"] == "decision_maker" and not each["at"]
        )
    if step in _GOALS_OF_STEP:
        return _of_goal(goal for goal in attainment.goals if getattr(goal, _GOALS_OF_STEP[step]))
    if step == "ask_verdict":
        return _of_goal(goal for goal in attainment.goals if goal.due and not goal.fresh)
    return {}


def _of_person(found: Iterator[dict[str, Any]]) -> dict[str, Any]:
    person = next(found, None)
    return {"contact": person["contact_id"], "name": person["name"]} if person else {}


def _of_goal(found: Iterator[GoalAttainment]) -> dict[str, Any]:
    goal = next(found, None)
    return {"goal": goal.goal.pk, "statement": goal.goal.statement} if goal else {}


def _person(found: PersonIntent) -> dict[str, Any]:
    return {
        "contact_id": found.contact_id,
        "name": found.name,
        "role": found.role,
        "title": found.title,
        "decides": found.role in DECIDING_ROLES,
        "state": str(found.state),
        "at": found.at.isoformat() if found.at else None,
        "comment": found.comment,
        "would_make_it_yes": found.would_make_it_yes,
        "on_behalf": found.on_behalf,
        "answer_id": found.answer_id,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
