"""Decisions of forecast that need no database: what comes next, how urgent, what is sealed, what is new."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

FIRST_LOOK_DAYS = 180
"""A decision that came before this look at a contract counts when it was told, not when the term ends."""
GRACE_DAYS = 7
"""Whoever was asked less than a week ago is not silent yet."""
SOON_DAYS = 120
NEARNESS_DAYS = 90
WEEKS_UNTIL = 28
MONTH_DAYS = 30.4375

# How little a state of intent lets us know, from 1 (nothing) down. A no is known, yet not to be left alone.
NOT_KNOWING = {"never_asked": 1.0, "no_reply": 0.9, "not_sure": 0.8, "no": 0.6, "yes": 0.15}


@dataclass(frozen=True, slots=True)
class Situation:
    """What the next step and the urgency depend on."""

    intent: str
    contacts: int = 0
    goals: int = 0
    disputed: int = 0
    unjudged: int = 0
    """Goals that are due, and nobody there has judged lately."""
    achieved_not_known: int = 0
    stale_goals: int = 0
    to_celebrate: int = 0
    active_no_result: bool = False
    only_friendly: bool = False
    silent_decision_maker: bool = False
    sealed: bool = False
    believed: bool = False
    days_left: int | None = None


def next_step(now: Situation) -> str:
    """Return the one thing to do next, as a code; empty where nothing waits.

    What the customer said comes before what we measured, and that before what we never asked; only a
    renewal that is near turns this round.
    """
    for code, holds in (
        ("log_belief", now.sealed),
        ("call", now.intent == "no"),
        ("follow_up", now.intent == "not_sure"),
        ("settle_dispute", now.disputed > 0),
        ("add_contact", now.contacts == 0),
        ("ask", now.intent == "never_asked" and _is_soon(now)),
        ("tell_them", now.achieved_not_known > 0),
        ("agree_goal", now.goals == 0),
        ("ask", now.intent == "never_asked"),
        ("ask_again", now.intent == "no_reply"),
        ("ask_decision_maker", now.only_friendly or now.silent_decision_maker),
        ("re_ask_goal", now.stale_goals > 0),
        ("ask_verdict", now.unjudged > 0),
        ("find_out", now.active_no_result),
        ("celebrate", now.to_celebrate > 0),
        ("log_belief", not now.believed and now.days_left is not None),
    ):
        if holds:
            return code
    return ""


def _is_soon(now: Situation) -> bool:
    return now.days_left is not None and now.days_left <= SOON_DAYS


def urgency(
    *, arr: float | None, days_left: int | None, intent: str, goals: int, judged: int
) -> float:
    """Return money × nearness × not knowing: what a list is ordered by, largest first.

    Without a known amount a customer counts as one unit of money, so that nearness still orders them.
    """
    if days_left is None:
        return 0.0
    nearness = NEARNESS_DAYS / (NEARNESS_DAYS + max(0, days_left))
    unjudged = 1.0 if goals == 0 else 1 - judged / goals
    not_knowing = 0.75 * NOT_KNOWING[intent] + 0.25 * unjudged
    return round(max(1.0, arr or 0.0) * nearness * not_knowing, 4)


def is_sealed(*, live_answers: Collection[int], opened: Collection[int], believed: bool) -> bool:
    """Say whether answers wait to be read until somebody says what they believe.

    Only answers that came in here are sealed: an imported one was read elsewhere long ago.
    """
    return not believed and bool(set(live_answers) - set(opened))


def is_blind(
    *, recorded_at: datetime, starts_on: date, answers_recorded: Sequence[datetime]
) -> bool:
    """Say whether a belief was logged before any answer of the running term could have been read."""
    return not any(
        moment.date() >= starts_on and moment < recorded_at for moment in answers_recorded
    )


def main_currency(amounts: Sequence[tuple[str, Any]]) -> str:
    """Return the currency of most contracts; among equals the one with more money, then by name."""
    tally: dict[str, tuple[int, Any]] = {}
    for currency, amount in amounts:
        count, total = tally.get(currency, (0, 0))
        tally[currency] = (count + 1, total + (amount or 0))
    ranked = sorted(tally, key=lambda name: (-tally[name][0], -tally[name][1], name))
    return ranked[0] if ranked else ""


def folded(text: str) -> str:
    """Return a text as it is looked for: without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def months_between(earlier: datetime, later: datetime) -> float:
    """Return the time between two moments in months, never below 0."""
    return max(0.0, (later - earlier) / timedelta(days=MONTH_DAYS))


def told_on(*, decided_on: date | None, ends_on: date, recorded_on: date) -> date:
    """Return the first day on which somebody may have known how a contract would end.

    That is the day of the decision, or the day on which it was recorded where that was earlier; where
    nobody told the day, the end of the term stands for it.
    """
    return min(decided_on or ends_on, recorded_on)


def due_on(*, ends_on: date, told_on: date) -> date:
    """Return the day at which a decided renewal counts: the end of its term, or an early decision's own day."""
    return told_on if told_on <= ends_on - timedelta(days=FIRST_LOOK_DAYS) else ends_on


def fingerprint(
    *,
    inputs: Mapping[str, Any],
    anchor: int,
    method: str,
    signal_steps: Mapping[str, float] | None = None,
) -> str:
    """Return what tells two forecasts apart: the same inputs, anchor and method give the same one.

    Time alone makes a new forecast only by the week, and after a month by the month: otherwise every
    contract would get a new one every night, a hundred times the rows without a new thing to say. So the
    days left count by ten, and a dated number by the step given for its name.
    """
    coarse = {
        **inputs,
        "answers": [[*a[:2], _coarse_days(a[2])] for a in inputs.get("answers", ())],
    }
    if coarse.get("goal_age_months") is not None:
        coarse["goal_age_months"] = int(coarse["goal_age_months"])
    if "lead_days" in coarse:
        coarse["lead_days"] = min(max(coarse["lead_days"], 30), FIRST_LOOK_DAYS) // 10
    if "signals" in coarse:
        steps = signal_steps or {}
        coarse["signals"] = [
            [name, round(value / steps.get(name, 1))] for name, value in coarse["signals"]
        ]
    told = json.dumps([method, anchor, coarse], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def fingerprint_of(content: Mapping[str, Any]) -> str:
    """Return what tells plain values apart that are stored: two audits, two backtests, two frozen files."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _coarse_days(days: int) -> int:
    return days // 7 if days < WEEKS_UNTIL else 4 + days // 30
