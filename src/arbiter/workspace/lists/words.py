"""What answers, lists and orders are called on a page, and how a settled term is told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from arbiter.accounts.rules import day
from arbiter.ui import wording

if TYPE_CHECKING:
    from arbiter.accounts.queries.contracts import Settled

ANSWERS = {
    "no": "Someone said no",
    "not_sure": "Someone is not sure",
    "no_reply": "Asked, no reply",
    "never_asked": "Never asked",
    "yes": "Everyone who answered said yes",
}
"""What a customer's people say together, in the order of the groups."""

SEALED = "Answered, sealed until you say what you believe"
SEALED_SHORT = "Answered, sealed"

LISTS = {
    "achieved_not_known": "Achieved, not known",
    "active_no_result": "Active, no result",
    "stale_goals": "Goal older than a stage",
    "only_friendly": "Only the friendly contact answered",
    "to_celebrate": "To celebrate",
    "silent_decision_maker": "Decision maker silent",
    "wrong_value": "Wrong value",
    "disputed": "Disputed",
    "no_goal": "No goal",
    "unjudged": "A goal nobody judged",
    "confirmed": "A goal confirmed",
    "no_belief": "No belief",
    "sealed": "Sealed answers",
}

SORTS = {
    "answer": "Answer, then renewal",
    "urgency": "Urgency",
    "renews": "Renewal date",
    "arr": "Yearly value",
    "name": "Name",
    "forecast": "Forecast, lowest first",
    "heard": "Last heard, longest ago first",
}

ROLES = {
    "decision_maker": "decides",
    "sponsor": "sponsor",
    "champion": "champion",
    "user": "user",
    "procurement": "procurement",
    "other": "",
}


def settled(term: Settled, now: datetime) -> str:
    """Until when they renewed and from when; or when they leave, or left."""
    until = wording.day(term.ends_on, now)
    if term.left:
        return f"{'Left' if term.ends_on < day(now) else 'Leaves'} {until}"
    begins = wording.day(term.starts_on, now)
    return f"{'Renewed until' if term.renewed else 'Until'} {until}, from {begins}"
