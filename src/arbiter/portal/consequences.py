"""What an answer to a survey changes about goals: said in discovery, it is one; still right, it is agreed anew."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from arbiter.outcomes.actions import goals as goal_verbs
from arbiter.outcomes.actions import revisions
from arbiter.outcomes.queries import goals
from arbiter.outcomes.queries.choices import WhoseWords
from arbiter.outcomes.queries.revisions import history

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.outcomes.models import Goal
    from arbiter.portal.sittings import Sitting
    from arbiter.voice.models import Answer

# The surveys of the library that speak of goals; one of a user's own changes nothing by itself.
DISCOVERY, STILL_RIGHT = "discovery", "still_right"
LONGEST_MEASURE = 200
AGAIN_AFTER = timedelta(hours=1)


def follow(sitting: Sitting, answer: Answer) -> None:
    """Let a goal follow from what its customer said; from what a machine may have said follows nothing."""
    if answer.flagged:
        return
    if sitting.version.survey.key == DISCOVERY:
        _state(sitting, json.loads(answer.details or "{}"))
    elif sitting.version.survey.key == STILL_RIGHT and answer.value == "yes":
        _agree_anew(sitting)


def confirmed_just_now(goal: Goal, contact: Contact, at: datetime) -> bool:
    """Say whether a contact agreed to a goal within the hour: pressed twice is meant once."""
    last = history(goal, as_of=at).first()
    return last is not None and at - last.at < AGAIN_AFTER and last.agreed_by_id == contact.pk


def _state(sitting: Sitting, said: dict[str, str]) -> None:
    """Write the goal down in their words, once; how it is measured and by when, as far as they said it."""
    statement, who, at = said.get("result", ""), sitting.contact, sitting.at
    if not statement or goals.of(who.customer, as_of=at).filter(statement=statement).exists():
        return
    goal = goal_verbs.state(
        customer=who.customer,
        statement=statement,
        whose_words=WhoseWords.CUSTOMER,
        stated_by=who,
        pain=said.get("if_not", ""),
        by=who,
        at=at,
    )
    terms: dict[str, Any] = {
        "measure": said.get("measure", "")[:LONGEST_MEASURE],
        "due_on": date.fromisoformat(said["by_when"]) if said.get("by_when") else None,
    }
    if any(terms.values()):
        revisions.revise(goal=goal, agreed_by=who, by=who, at=at, **terms)


def _agree_anew(sitting: Sitting) -> None:
    key = sitting.ask.goal_key if sitting.ask else ""
    goal = goals.of(sitting.contact.customer, as_of=sitting.at).filter(key=key).first()
    if key and goal is not None and not confirmed_just_now(goal, sitting.contact, sitting.at):
        revisions.reconfirm(goal=goal, agreed_by=sitting.contact, by=sitting.contact, at=sitting.at)
