"""Decided renewals as a company might have them, drawn from a world whose effects are known."""

from dataclasses import replace

import numpy as np
from scipy.special import expit

from arbiter.science.renewal import Answer, Known, features, history
from arbiter.science.renewal.terms import EFFECTS

LEADS = (180, 90, 30)
SEGMENTS = ("Enterprise", "Public", "Small")


def invented(count, *, seed, leads=LEADS):
    """What was known of some contracts at each lead: a list per contract. Half a year ahead nobody had answered."""
    dice = np.random.default_rng(seed)
    found = [_known(dice, place) for place in range(count)]
    return [[_at(known, lead) for lead in leads] for known in found]


def _known(dice, place):
    said = dice.choice(["yes", "not_sure", "no", ""], p=[0.42, 0.12, 0.06, 0.4])
    role = dice.choice(["decision_maker", "user"])
    answers = (Answer(str(said), str(role), int(dice.integers(0, 200))),) if said else ()
    return Known(
        segment=SEGMENTS[place % 3],
        answers=answers,
        departed=bool(dice.random() < 0.15),
        nps=(None, 3.0, 8.0, 10.0)[dice.integers(4)],
        renewals=int(dice.integers(4)),
        signals=(("health_score", float(dice.normal(60, 12))),) if dice.random() < 0.8 else (),
    )


def _at(known, lead):
    answers = () if lead >= 180 else known.answers
    return replace(known, lead_days=lead, answers=answers)


def past(count, *, seed=1, believed=0.5, level=2.2, leads=LEADS, ages=0.0):
    """A history in which so much of what the table believes is true."""
    contracts = invented(count, seed=seed, leads=leads)
    last = features([looks[-1] for looks in contracts])
    chance = expit(level + believed * (last @ EFFECTS))
    renewed = np.random.default_rng([seed, 2]).random(count) < chance
    place = np.repeat(np.arange(count), len(leads))
    return history(
        [look for looks in contracts for look in looks],
        renewed=renewed[place],
        renewal=place,
        customer=place // 2,
        age_months=np.full(len(place), ages),
    )


def open_ones(count, *, seed=99):
    """What is known of contracts that are open now, each at one lead."""
    return [looks[0] for looks in invented(count, seed=seed, leads=(120,))]


EMPTY = history([], renewed=[], renewal=[], customer=[], age_months=[])
