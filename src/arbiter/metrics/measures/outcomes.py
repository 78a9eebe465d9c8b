"""Did they get what they came for? What customers want, and what they say about it."""

from __future__ import annotations

import numpy as np

from arbiter.metrics.measures.measure import (
    DOWN,
    LEADING,
    THEIRS,
    Found,
    Measure,
    Part,
    by_amount,
    counted,
    listed,
    with_range,
)
from arbiter.metrics.picture.columns import MICROSECONDS_A_DAY, Mask
from arbiter.metrics.picture.picture import Picture
from arbiter.science.value import confirmed_outcome_rate, coverage

GROUP = "outcomes"
YEAR = 365 * MICROSECONDS_A_DAY
NO_GOALS = "No customer has stated a goal."
NOTHING_REACHED = "No goal is reached by its measure."
NOT_KNOWN = Part("not_known", "Achieved, not known", "tell_them", "Tell them", "money")


def _goal_coverage(picture: Picture) -> Found:
    base, has = picture.current, picture.told["goals"] > 0
    amount = picture.now.amount
    return Found(
        coverage(has[base]),
        count=int((has & base).sum()),
        details={"by_amount": by_amount(picture, base, has)},
        behind={
            "without_goal": listed(base & ~has, amount),
            "with_goal": listed(base & has, amount),
        },
    )


def _goals_fresh(picture: Picture) -> Found:
    goals, stale = _of_current(picture, "goals"), _of_current(picture, "stale")
    fresh = int(goals.sum() - stale.sum())
    return Found(
        counted(fresh, int(goals.sum()), NO_GOALS),
        count=fresh,
        behind={"stale": listed(stale > 0, picture.now.amount)},
    )


def _goals_in_their_words(picture: Picture) -> Found:
    goals, theirs = _of_current(picture, "goals"), _of_current(picture, "in_their_words")
    ours = _of_current(picture, "in_our_words")
    return Found(
        counted(int(theirs.sum()), int(goals.sum()), NO_GOALS),
        count=int(theirs.sum()),
        details={"in_our_words": int(ours.sum())},
        behind={"in_our_words": listed((goals > 0) & (theirs == 0), picture.now.amount)},
    )


def _confirmed_outcomes(picture: Picture) -> Found:
    due = _of_current(picture, "due") > 0
    confirmed = _of_current(picture, "due_confirmed") > 0
    judged = _of_current(picture, "due_judged") > 0
    asked = due & (_asked_for_verdict(picture) | judged | confirmed)
    told = confirmed_outcome_rate(due, due & confirmed, asked)
    amount = picture.now.amount
    return Found(
        told.rate,
        count=told.confirmed,
        details={
            "asked": told.asked,
            "never_asked": told.never_asked,
            "of_asked": with_range(told.rate_of_asked),
            "by_amount": by_amount(picture, due, confirmed),
        },
        behind={
            "never_asked": listed(due & ~asked, amount),
            "not_confirmed": listed(asked & ~confirmed, amount),
            "confirmed": listed(due & confirmed, amount),
        },
    )


def _achieved_not_known(picture: Picture) -> Found:
    reached = _of_current(picture, "reached") > 0
    unknown = _of_current(picture, "not_known") > 0
    return Found(
        counted(int(unknown.sum()), int(reached.sum()), NOTHING_REACHED),
        count=int(unknown.sum()),
        details={"by_amount": by_amount(picture, reached, unknown)},
        behind={"not_known": listed(unknown, picture.now.amount)},
    )


def _awareness(picture: Picture) -> Found:
    reached, unknown = _of_current(picture, "reached"), _of_current(picture, "not_known")
    known = int(reached.sum() - unknown.sum())
    return Found(
        counted(known, int(reached.sum()), NOTHING_REACHED),
        count=known,
        behind={"not_known": listed(unknown > 0, picture.now.amount)},
    )


def _of_current(picture: Picture, name: str) -> np.ndarray:
    return np.where(picture.current, picture.told[name], 0)


def _asked_for_verdict(picture: Picture) -> Mask:
    asks = picture.asks
    lately = (asks["kind"] == "verdict") & (asks["at"] >= picture.moment - YEAR)
    return np.asarray(asks.where(lately).per_customer(len(picture)) > 0)


MEASURES = (
    Measure(
        name="goal_coverage",
        title="Customers with a stated goal",
        question="Of how many customers do we know what they want?",
        formula="customers with at least one goal that stands ÷ customers",
        group=GROUP,
        compute=_goal_coverage,
        doc="coverage",
        method="coverage/1",
        timing=LEADING,
        side=THEIRS,
        parts=(
            Part("without_goal", "No goal stated", "agree_goal", "Ask what they want", "money"),
            Part("with_goal", "Goal stated", value="money"),
        ),
    ),
    Measure(
        name="goals_fresh",
        title="Goals that are fresh",
        question="Is what they want still what they want?",
        formula="goals agreed within a year and in the customer's stage ÷ goals that stand",
        group=GROUP,
        compute=_goals_fresh,
        doc="goal-freshness",
        method="goal-freshness/1",
        timing=LEADING,
        side=THEIRS,
        base="goals",
        parts=(Part("stale", "A goal is older than a stage", "re_ask_goal", "Ask again", "money"),),
    ),
    Measure(
        name="goals_in_their_words",
        title="Goals in the customer's words",
        question="Did they say it, or did we?",
        formula="goals worded by the customer ÷ goals that stand",
        group=GROUP,
        compute=_goals_in_their_words,
        doc="goal-freshness",
        method="goals-in-their-words/1",
        timing=LEADING,
        side=THEIRS,
        base="goals",
        parts=(
            Part(
                "in_our_words",
                "No goal in their words",
                "agree_goal",
                "Ask what they want",
                "money",
            ),
        ),
    ),
    Measure(
        name="confirmed_outcomes",
        title="Confirmed outcomes",
        question="Of the customers whose goal is due, how many say that they reached it?",
        formula="customers with a fresh achieved verdict on a due goal ÷ customers with a due goal",
        group=GROUP,
        compute=_confirmed_outcomes,
        doc="confirmed-outcome-rate",
        method="confirmed-outcome-rate/1",
        timing=LEADING,
        side=THEIRS,
        parts=(
            Part("never_asked", "Never asked", "ask_verdict", "Ask for a verdict", "money"),
            Part("not_confirmed", "Asked, not confirmed", "find_out", "Find out why", "money"),
            Part("confirmed", "Confirmed", "celebrate", "Celebrate", "money"),
        ),
    ),
    Measure(
        name="achieved_not_known",
        title="Achieved, not known",
        question="Who has reached a goal without anyone there knowing?",
        formula="customers with a reached goal that nobody there has seen ÷ customers with a reached goal",
        group=GROUP,
        compute=_achieved_not_known,
        doc="awareness",
        method="achieved-not-known/1",
        timing=LEADING,
        better=DOWN,
        parts=(NOT_KNOWN,),
    ),
    Measure(
        name="awareness",
        title="Results they know of",
        question="Of the goals that are reached, how many does anyone there know to be?",
        formula="reached goals that a contact has seen, agreed or disputed ÷ reached goals",
        group=GROUP,
        compute=_awareness,
        doc="awareness",
        method="awareness/1",
        timing=LEADING,
        side=THEIRS,
        base="goals",
        parts=(NOT_KNOWN,),
    ),
)
