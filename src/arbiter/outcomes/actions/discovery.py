"""A discovery talk gives a goal and, as far as it was said, how it is to be measured: both or nothing.

So do the surveys that speak of goals, answered on the portal or told in a call: the words are the contact's, whoever
wrote them down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from arbiter.outcomes.actions import goals, revisions
from arbiter.outcomes.models import Goal, WhoseWords
from arbiter.outcomes.permissions import Actor
from arbiter.outcomes.queries import goals as known
from arbiter.outcomes.queries.revisions import confirmed_just_now

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract, Customer

# The surveys of the library that speak of goals; one of a user's own changes nothing by itself.
DISCOVERY, STILL_RIGHT = "discovery", "still_right"
LONGEST_MEASURE = 200


@transaction.atomic
def capture(
    *,
    customer: Customer,
    statement: str,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    whose_words: str = WhoseWords.CUSTOMER,
    category: str = "",
    stated_by: Contact | None = None,
    priority: int | None = None,
    contract: Contract | None = None,
    pain: str = "",
    constraints: str = "",
    **agreement: Any,
) -> Goal:
    """State a goal, and agree its measure where any part of one was named.

    Args:
        agreement: what `revisions.revise` takes: measure, unit, baseline, target, due_on and so on.

    Raises:
        what `goals.state` and `revisions.revise` raise; then neither is kept.
    """
    goal = goals.state(
        customer=customer,
        statement=statement,
        whose_words=whose_words,
        category=category,
        stated_by=stated_by,
        priority=priority,
        contract=contract,
        pain=pain,
        constraints=constraints,
        by=by,
        at=at,
        recorded_at=recorded_at,
    )
    if any(value not in (None, "") for value in agreement.values()):
        revisions.revise(
            goal=goal,
            agreed_by=goal.stated_by,
            by=by,
            at=at,
            recorded_at=recorded_at,
            **agreement,
        )
    return goal


@transaction.atomic
def follow(
    *,
    survey_key: str,
    value: str,
    said: Mapping[str, str],
    contact: Contact,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    goal_key: str = "",
) -> Goal | None:
    """Let a goal follow from what a contact said to a survey: said in discovery, it is one; still right, it is agreed anew.

    Args:
        survey_key: which survey it was; from most nothing follows.
        value: what they answered to its first part.
        said: what they answered to its parts, by their id.
        contact: whose words these are.
        by: the contact, or the colleague who wrote down what they said.
        at: when they said it.
        recorded_at: when we learnt it.
        goal_key: the goal it was about.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
    """
    whole: dict[str, Any] = {"by": by, "at": at, "recorded_at": recorded_at}
    if survey_key == DISCOVERY:
        return _stated(contact, said, whole)
    if survey_key == STILL_RIGHT and value == "yes":
        return _agreed_anew(contact, goal_key, whole)
    return None


def _stated(contact: Contact, said: Mapping[str, str], whole: dict[str, Any]) -> Goal | None:
    """Write the goal down in their words, once; how it is measured and by when, as far as they said it."""
    statement, now = said.get("result", "").strip(), whole["recorded_at"] or whole["at"]
    there = known.of(contact.customer, as_of=now)
    if not statement or there.filter(statement=statement).exists():
        return None
    return capture(
        customer=contact.customer,
        statement=statement,
        stated_by=contact,
        pain=said.get("if_not", ""),
        measure=said.get("measure", "")[:LONGEST_MEASURE],
        due_on=date.fromisoformat(said["by_when"]) if said.get("by_when") else None,
        **whole,
    )


def _agreed_anew(contact: Contact, goal_key: str, whole: dict[str, Any]) -> Goal | None:
    now = whole["recorded_at"] or whole["at"]
    goal = known.of(contact.customer, as_of=now).filter(key=goal_key).first()
    if not goal_key or goal is None or confirmed_just_now(goal, contact, whole["at"], as_of=now):
        return None
    revisions.reconfirm(goal=goal, agreed_by=contact, **whole)
    return goal
