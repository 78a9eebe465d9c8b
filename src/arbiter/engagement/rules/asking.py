"""When a rule asks, and whom: how its two settings are read, and who is left out by lot."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

DECIDING = frozenset({"decision_maker", "sponsor", "procurement"})
# Whoever decides is asked first.
ROLES_IN_ORDER = ("decision_maker", "sponsor", "procurement", "champion", "user", "other")
# What happened longer ago than this is no occasion any more.
LOOK_BACK = timedelta(days=14)
# Somebody found is asked within this time or not at all; surveys about something that happened go stale sooner.
LAPSES = {
    "outcome": timedelta(days=60),
    "relationship": timedelta(days=60),
    "transactional": timedelta(days=14),
}
# Below so many people within reach nobody is held out: a handful tells nothing.
HOLD_OUT_FROM = 200
DAYS_A_MONTH = 365.25 / 12
MOST_PEOPLE = 3


class Trigger(StrEnum):
    """What a rule waits for."""

    MANUAL = "manual"
    BEFORE_RENEWAL = "before_renewal"
    EVERY = "every"
    AFTER_START = "after_start"
    STAGE_CHANGED = "stage_changed"
    STAGE_SUCCESS = "stage_success"
    TICKET_CLOSED = "ticket_closed"
    PURCHASE = "purchase"
    TRAINING_DONE = "training_done"
    USAGE_EVENT = "usage_event"
    MILESTONE_REACHED = "milestone_reached"
    SEATS_CROSSED = "seats_crossed"
    PLAN_CHANGED = "plan_changed"
    PRODUCT_ADDED = "product_added"
    MERGED = "merged"
    NEW_SPONSOR = "new_sponsor"
    GOAL_STALE = "goal_stale"


LABELS = {
    Trigger.MANUAL: "By hand only",
    Trigger.BEFORE_RENEWAL: "Before a renewal",
    Trigger.EVERY: "Every so many months",
    Trigger.AFTER_START: "Days after the customer began",
    Trigger.STAGE_CHANGED: "The customer's stage changed",
    Trigger.STAGE_SUCCESS: "Success of a stage is due",
    Trigger.TICKET_CLOSED: "A ticket was closed",
    Trigger.PURCHASE: "They bought something",
    Trigger.TRAINING_DONE: "A training was done",
    Trigger.USAGE_EVENT: "A usage event came in",
    Trigger.MILESTONE_REACHED: "A milestone was reached",
    Trigger.SEATS_CROSSED: "Seats crossed a step",
    Trigger.PLAN_CHANGED: "The plan changed",
    Trigger.PRODUCT_ADDED: "They began to use another product",
    Trigger.MERGED: "They became part of another customer",
    Trigger.NEW_SPONSOR: "A new sponsor or decision maker came",
    Trigger.GOAL_STALE: "A goal went stale",
}
NEEDS_DAYS = frozenset({Trigger.BEFORE_RENEWAL, Trigger.AFTER_START})
NEEDS_EVENTS = frozenset({Trigger.TRAINING_DONE, Trigger.USAGE_EVENT})


@dataclass(frozen=True, slots=True)
class When:
    """What a rule waits for, read from how it is stored."""

    on: Trigger
    days: tuple[int, ...] = ()
    months: int = 0
    stages: tuple[str, ...] = ()
    steps: tuple[int, ...] = ()
    events: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """Return it as it is stored: only what says something."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in found.items()
            if value
        } | {"on": str(self.on)}


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a rule is for; nothing named stands for everything.

    `most_people`: at one customer, whoever decides first. `covers`: only where somebody who decides is asked too.
    """

    segments: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    most_people: int = MOST_PEOPLE
    covers: bool = False

    def stored(self) -> dict[str, Any]:
        """Return it as it is stored: only what says something."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in found.items()
            if value
        }


def read_when(stored: Mapping[str, Any]) -> When:
    """Read what a rule waits for.

    Raises:
        ValueError: it waits for nothing known.
    """
    return When(
        on=Trigger(stored.get("on", "")),
        days=_numbers(stored, "days"),
        months=int(stored.get("months", 0)),
        stages=_texts(stored, "stages"),
        steps=_numbers(stored, "steps"),
        events=_texts(stored, "events"),
    )


def read_whom(stored: Mapping[str, Any]) -> Whom:
    """Read whom a rule is for."""
    return Whom(
        segments=_texts(stored, "segments"),
        stages=_texts(stored, "stages"),
        products=_texts(stored, "products"),
        roles=_texts(stored, "roles"),
        most_people=int(stored.get("most_people", MOST_PEOPLE)),
        covers=bool(stored.get("covers", False)),
    )


def fault_of(when: When) -> tuple[str, str]:
    """Return which setting says too little, and why; two empty texts when the rule can work."""
    if when.on in NEEDS_DAYS and not when.days:
        return "days", "Say how many days, such as 90, 30."
    if when.on == Trigger.EVERY and when.months < 1:
        return "months", "Say after how many months it asks again."
    if when.on == Trigger.SEATS_CROSSED and not when.steps:
        return "steps", "Say which numbers of seats count, such as 10, 50."
    if when.on in NEEDS_EVENTS and not when.events:
        return "events", "Name the usage event that tells it."
    return "", ""


def said(when: When) -> str:
    """Return when a rule asks, in a few words."""
    days = " and ".join(str(each) for each in sorted(when.days, reverse=True))
    steps = ", ".join(str(each) for each in sorted(when.steps))
    named = " or ".join(when.events)
    stages = " or ".join(when.stages) or "another one"
    words = {
        Trigger.BEFORE_RENEWAL: f"{days} days before a renewal",
        Trigger.EVERY: f"every {when.months} months, spread over the days",
        Trigger.AFTER_START: f"{days} days after the customer began",
        Trigger.STAGE_CHANGED: f"when the stage changes to {stages}",
        Trigger.STAGE_SUCCESS: "when success of a stage is due",
        Trigger.TICKET_CLOSED: "when a ticket is closed",
        Trigger.PURCHASE: "when they buy something",
        Trigger.TRAINING_DONE: f"when a training is done ({named})",
        Trigger.USAGE_EVENT: f"when {named} comes in",
        Trigger.SEATS_CROSSED: f"when seats cross {steps}",
    }
    return words.get(when.on, LABELS[when.on][0].lower() + LABELS[when.on][1:])


def number_of(rule_key: str, contact_key: str, cause: str) -> str:
    """Return the number of an occasion: the same rule, contact and cause come once."""
    return _hash("occasion", rule_key, contact_key, cause).hex()


def is_held_out(rule_key: str, contact_key: str, percent: int) -> bool:
    """Say whether a person is among those never asked by a rule, so that answers can be told from their absence."""
    return _lot("held out", rule_key, contact_key) < percent


def is_sampled(rule_key: str, contact_key: str, cause: str, percent: int) -> bool:
    """Say whether a person is among those asked this time."""
    return _lot("sampled", rule_key, contact_key, cause) < percent


def round_of(rule_key: str, customer_key: str, *, months: int, on: date) -> date:
    """Return the last day on or before `on` at which it was a customer's turn.

    Each customer has a day of their own within the months, by lot: never are all of them due at once.
    """
    length = round(months * DAYS_A_MONTH)
    offset = int.from_bytes(_hash("turn", rule_key, customer_key)[:8]) % length
    rounds = (on.toordinal() - offset) // length
    return date.fromordinal(max(1, offset + rounds * length))


def step_reached(days: Sequence[int], remaining: int) -> int | None:
    """Return the last of some days before an end that has come: 30 of 90 and 30 when 25 remain."""
    come = [each for each in days if each >= remaining]
    return min(come, default=None)


def crossed(steps: Sequence[int], before: int | None, now: int | None) -> int | None:
    """Return the highest step that lies above what was before and not above what is now."""
    if before is None or now is None:
        return None
    return max((step for step in steps if before < step <= now), default=None)


def lapses_at(purpose: str, at: datetime) -> datetime:
    """Return when somebody found at a moment is not asked any more."""
    return at + LAPSES[purpose]


def _lot(*parts: str) -> float:
    """Return a number from 0 to 100, always the same for the same parts."""
    return int.from_bytes(_hash(*parts)[:8]) / 2**64 * 100


def _hash(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(parts).encode()).digest()


def _numbers(stored: Mapping[str, Any], name: str) -> tuple[int, ...]:
    return tuple(int(each) for each in stored.get(name, ()))


def _texts(stored: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(each) for each in stored.get(name, ()) if str(each))
