"""How long does it take, and how long do they stay? Those who are not there yet included."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from arbiter.metrics.measures.measure import (
    DOWN,
    LEADING,
    THEIRS,
    Found,
    Measure,
    Part,
    listed,
    sentences,
    with_range,
)
from arbiter.metrics.picture import chains
from arbiter.metrics.picture.columns import NEVER, Column, Mask, day_number, days_of_moments
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.picture.words import FIRST_VALUE
from arbiter.metrics.rules import months_before
from arbiter.science.estimate import Estimate
from arbiter.science.survival import Survival, contract_survival, time_to

GROUP = "time"
BEGAN_MONTHS = 24
NOBODY_BEGAN = f"Nobody began in the last {BEGAN_MONTHS} months."
NOBODY_SEEN = (
    f"Nobody whose usage is seen from the first day on began in the last {BEGAN_MONTHS} months."
)
BY_SET = "There is who first completed the set that means first value."
BY_PATH = "There is who has done every step of its path."
THERE = Part("there", "There", value="days")
RENEWALS_SHOWN = 2
MOST_STEPS = 200


def _time_to_first_confirmed(picture: Picture) -> Found:
    first = np.full(len(picture), NEVER)
    achieved = picture.achieved
    np.minimum.at(first, achieved.customer, days_of_moments(achieved["at"]))
    return _time_to(picture, first, _began_lately(picture))


def _time_to_adopt(picture: Picture) -> Found:
    told = picture.more.get(FIRST_VALUE)
    if told is None or not len(told):
        return _by_path(picture)
    reached = np.full(len(picture), NEVER)
    known = np.where(told["at"] <= picture.moment, told["at"], NEVER)
    reached[told.customer] = days_of_moments(known)
    began = picture.began[told.customer]
    seen = np.zeros(len(picture), bool)
    # What somebody did before the first event of anybody, nobody saw.
    seen[told.customer] = (began != NEVER) & (began >= told["seen_from"])
    return _time_to(picture, reached, _began_lately(picture) & seen, nobody=NOBODY_SEEN, how=BY_SET)


def _by_path(picture: Picture) -> Found:
    steps = picture.milestones
    done = np.where(steps["done"] <= picture.moment, days_of_moments(steps["done"]), NEVER)
    last = np.zeros(len(picture), dtype=np.int64)
    # One step that is not done keeps the whole path open: NEVER is later than any day.
    np.maximum.at(last, steps.customer, done)
    has_path = steps.per_customer(len(picture)) > 0
    who = _began_lately(picture) & has_path
    return _time_to(picture, np.where(has_path, last, NEVER), who, how=BY_PATH)


def _began_lately(picture: Picture) -> Mask:
    earliest = day_number(months_before(picture.today, BEGAN_MONTHS))
    return np.asarray((picture.began > earliest) & (picture.began <= picture.day))


def _time_to(
    picture: Picture, reached: Column, who: Mask, *, nobody: str = NOBODY_BEGAN, how: str = ""
) -> Found:
    if not who.any():
        return Found(Estimate.too_few(0, nobody))
    start = picture.began[who]
    end = np.where(reached[who] == NEVER, np.nan, np.maximum(reached[who], start).astype(float))
    told = time_to(start, end, picture.day)
    there = np.zeros(len(picture), bool)
    there[who] = end <= picture.day
    median = told.median
    note = f"Of all {told.n} who began in the last {BEGAN_MONTHS} months, {told.reached} are there."
    return Found(
        replace(median, n=told.n, note=sentences(how, note, _unsure(median))),
        details={
            "time_unit": "days",
            "reached": told.reached,
            "waiting": told.waiting,
            "median": with_range(median),
            "steps": steps_of(told.curve),
        },
        behind={
            "waiting": listed(who & ~there, picture.day - picture.began),
            "there": listed(there, np.where(there, reached - picture.began, 0), least_first=True),
        },
    )


def _unsure(median: Estimate) -> str:
    return median.note if median.is_known else "Half of them are not there yet."


def _contract_survival(picture: Picture) -> Found:
    found = chains.of(picture)
    decisions = found.renewals + found.lost
    seen = decisions > found.already
    if not seen.any():
        return Found(Estimate.too_few(0, "No decision of anybody has been seen yet."))
    curve = contract_survival(found.renewals, found.lost.astype(int), already=found.already)
    share = curve.at(RENEWALS_SHOWN)
    return Found(
        share,
        details={
            "time_unit": "renewals",
            "median": with_range(curve.median),
            "steps": steps_of(curve),
            "after": RENEWALS_SHOWN,
        },
        behind={"lost": listed(_customers(found.customer[found.lost], len(picture)))},
    )


def _customers(places: Column, customers: int) -> Mask:
    return np.asarray(np.bincount(places, minlength=customers) > 0)


def steps_of(curve: Survival) -> list[dict[str, Any]]:
    """Return a curve as rows; of very many steps only as many as can be seen."""
    places = np.arange(len(curve.time))
    if len(places) > MOST_STEPS:
        places = np.unique(np.linspace(0, len(places) - 1, MOST_STEPS).astype(int))
    ends = np.diff(curve.watched.at_risk(np.append(curve.time, np.inf)))
    return [
        {
            "time": float(curve.time[place]),
            "survival": float(curve.survival[place]),
            "low": float(curve.low[place]),
            "high": float(curve.high[place]),
            "at_risk": int(curve.at_risk[place]),
            "events": int(curve.events[place]),
            "censored": max(0, int(-ends[place] - curve.events[place])),
        }
        for place in places
    ]


MEASURES = (
    Measure(
        name="time_to_first_confirmed",
        title="Time to the first confirmed result",
        question="How long until half of those who begin say that they got something?",
        formula=f"median of days from the first day to the first achieved verdict (Kaplan–Meier), "
        f"of those who began in the last {BEGAN_MONTHS} months",
        group=GROUP,
        compute=_time_to_first_confirmed,
        doc="time-to-value",
        method="time-to-value/1",
        kind="duration",
        unit="days",
        timing=LEADING,
        side=THEIRS,
        better=DOWN,
        parts=(
            Part("waiting", "Not there yet", "ask_verdict", "Ask for a verdict", "days"),
            THERE,
        ),
    ),
    Measure(
        name="time_to_adopt",
        title="Time to adopt",
        question="How long until half of those who begin have done what means value, or every step of their path?",
        formula="median of days from the first day to the first completion of the set that means first value, "
        "where there is none to the last milestone done (Kaplan–Meier), "
        f"of those who began in the last {BEGAN_MONTHS} months",
        group=GROUP,
        compute=_time_to_adopt,
        doc="time-to-value",
        method="time-to-adopt/2",
        kind="duration",
        unit="days",
        timing=LEADING,
        better=DOWN,
        parts=(
            Part("waiting", "Not there yet", "next_step", "See the next step", "days"),
            THERE,
        ),
    ),
    Measure(
        name="contract_survival",
        title=f"Still there after {RENEWALS_SHOWN} renewals",
        question="Of those who sign, how many live through one, two, three renewals?",
        formula="product over renewals of (1 − lost ÷ due), by how many a contract has behind it",
        group=GROUP,
        compute=_contract_survival,
        doc="survival",
        method="contract-survival/1",
        base="contracts",
        parts=(Part("lost", "Lost", "learn", "Find out why"),),
        judged_as="survival",
    ),
)
