"""What is agreed, measured, judged and seen of goals. Results follow what was agreed, verdicts what they want."""

import numpy as np
from numpy.random import Generator
from scipy.special import expit

from bench.simulator.calendar import MONTHS, NEVER, PANEL_DAYS, Bools, Floats, Ints, day_of
from bench.simulator.facts import (
    FRIEND,
    USER,
    VERDICTS,
    Dated,
    Goals,
    Results,
    Revisions,
    Seen,
    Verdicts,
)
from bench.simulator.lives import Lives, level
from bench.simulator.people import Chairs

DUE_DAYS = (150, 340)
MOST_GOALS = 3
YOUNG_DAYS = 120
"""A goal younger than this is often called too early to judge."""


class Agreed:
    """The goals of all customers, and which of them stand on a day.

    At each agreement a customer states as many goals as it is large; the earlier ones retire.
    """

    def __init__(self, lives: Lives, *, chunk: int) -> None:
        dice = lives.vendor.dice("goals", chunk)
        self.lives = lives
        self.review_day = day_of(
            lives.selves.start[:, None], np.arange(MONTHS)[None, :]
        ) + dice.integers(0, 28, lives.agreed.shape)
        self.count = 1 + np.minimum(
            lives.selves.size, dice.integers(0, MOST_GOALS, len(lives.selves.size))
        )
        self.harder = dice.normal(0, 0.12, (len(self.count), MOST_GOALS))
        """How much less than on average is reached of each of a customer's goals."""
        customer, month = np.nonzero(lives.agreed & self.within(self.review_day))
        self.who, self.day = customer, self.review_day[customer, month]
        self._times = Dated(self.who, self.day)
        self._first_goal = np.concatenate([[0], np.cumsum(self.count[self.who])])
        self.goals = self._goals(dice)

    def within(self, day: Ints) -> Bools:
        """Say whether days of shape (n, MONTHS) lie in the life of the customer and in the panel."""
        last = np.minimum(self.lives.last_day, PANEL_DAYS - 1)
        return np.asarray(day <= last[:, None])

    def _goals(self, dice: Generator) -> Goals:
        customer = np.append(self.who, -1)
        retired = np.where(customer[1:] == customer[:-1], np.roll(self.day, -1), NEVER)
        each = self.count[self.who]
        return Goals(
            customer=np.repeat(self.who, each),
            stated=np.repeat(self.day, each),
            retired=np.repeat(retired, each),
            target=dice.integers(60, 96, int(each.sum())).astype(float),
        )

    def standing(self, customer: Ints, day: Ints) -> tuple[Ints, Ints, Ints]:
        """Return row, goal and the goal's place among the customer's, for all that stand on a day."""
        time = self._times.latest(customer, day)
        rows = np.flatnonzero(time >= 0)
        time = time[rows]
        each = self.count[customer[rows]]
        row = np.repeat(rows, each)
        place = np.arange(len(row)) - np.repeat(np.cumsum(each) - each, each)
        return row, np.repeat(self._first_goal[time], each) + place, place


def revisions(agreed: Agreed, *, chunk: int) -> Revisions:
    """Agree a date for every goal at first, and confirm some later; a date that has passed is moved on."""
    lives, goals = agreed.lives, agreed.goals
    dice = lives.vendor.dice("revisions", chunk)
    due = goals.stated + dice.integers(*DUE_DAYS, len(goals.stated))
    who, month = np.nonzero(lives.reconfirmed & agreed.within(agreed.review_day))
    day = agreed.review_day[who, month]
    row, goal, _ = agreed.standing(who, day)
    later = goals.stated[goal] < day[row]
    row, goal = row[later], goal[later]
    moved = np.where(due[goal] > day[row], due[goal], day[row] + 200)
    return Revisions(
        goal=np.concatenate([np.arange(len(due)), goal]),
        day=np.concatenate([goals.stated, day[row]]),
        due=np.concatenate([due, moved]),
    )


def results(agreed: Agreed, *, chunk: int) -> Results:
    """Measure the goals of some customers most months, against what was agreed."""
    lives, evidence = agreed.lives, agreed.lives.vendor.evidence
    dice = lives.vendor.dice("results", chunk)
    count = len(agreed.count)
    measured = (dice.random(count) < evidence.measured_share)[:, None]
    day = day_of(lives.selves.start[:, None], np.arange(MONTHS)) + dice.integers(0, 28, (count, 1))
    who, month = np.nonzero(measured & (dice.random(day.shape) < 0.7) & agreed.within(day))
    row, goal, place = agreed.standing(who, day[who, month])
    share = lives.reported[who, month][row] - agreed.harder[who[row], place]
    value = 100 * (share + dice.normal(0, evidence.measure_noise, len(row)))
    return Results(goal=goal, day=day[who, month][row], value=value.round(1))


def verdicts(agreed: Agreed, chairs: Chairs, *, chunk: int) -> Verdicts:
    """Ask at some reviews whether they got it; who is unhappy says so less often."""
    lives, evidence = agreed.lives, agreed.lives.vendor.evidence
    dice = lives.vendor.dice("verdicts", chunk)
    asked = lives.reviewed & (dice.random(lives.reviewed.shape) < evidence.verdict_share)
    who, month = np.nonzero(asked & agreed.within(agreed.review_day))
    day = agreed.review_day[who, month]
    contact = _somebody(chairs, who, day, dice)
    here = level(lives.vendor)
    mood = np.clip((lives.mood[who, month] - here.mean) / here.sd, -3, 3)
    replied = dice.random(len(who)) < expit(0.4 + evidence.verdict_slope * mood)
    row, goal, place = agreed.standing(who, day)
    kept = replied[row] & (dice.random(len(row)) < 0.85)
    row, goal, place = row[kept], goal[kept], place[kept]
    felt = _felt(agreed, who[row], month[row], place)
    felt = felt + dice.normal(0, evidence.verdict_noise, len(row))
    young = day[row] - agreed.goals.stated[goal] < YOUNG_DAYS
    verdict = _judged(felt, early=young & (felt < 0.7) & (dice.random(len(row)) < 0.5))
    return Verdicts(goal=goal, contact=contact[row], day=day[row], verdict=verdict)


def _felt(agreed: Agreed, who: Ints, month: Ints, place: Ints) -> Floats:
    """What they got of what they want now, as far as they know of it."""
    lives = agreed.lives
    got = np.minimum(lives.attained[who, month] - agreed.harder[who, place], 1.1)
    return np.asarray(got * (0.45 + 0.55 * lives.aware[who, month]))


def _judged(felt: Floats, *, early: Bools) -> Ints:
    some = np.where(felt > 0.28, VERDICTS.index("partly"), VERDICTS.index("not"))
    full = np.where(felt > 0.5, VERDICTS.index("achieved"), some)
    return np.where(early, VERDICTS.index("too_early"), full)


def _somebody(chairs: Chairs, who: Ints, day: Ints, dice: Generator) -> Ints:
    """One of the three, or the user where the chair is empty."""
    chair = dice.choice(3, len(who), p=(0.35, 0.4, 0.25))
    found = chairs.sitting(who, chair, day)
    return np.where(found >= 0, found, chairs.sitting(who, USER, day))


def seen(agreed: Agreed, chairs: Chairs, *, chunk: int) -> Seen:
    """Show at some reviews where the goals stand, to who is there."""
    lives, evidence = agreed.lives, agreed.lives.vendor.evidence
    dice = lives.vendor.dice("seen", chunk)
    shown = lives.reviewed & (dice.random(lives.reviewed.shape) < evidence.seen_share)
    who, month = np.nonzero(shown & agreed.within(agreed.review_day))
    day = agreed.review_day[who, month]
    parts = []
    for chair, share in ((0, 0.4), (FRIEND, 0.8), (USER, 0.4)):
        contact = chairs.sitting(who, chair, day)
        there = (contact >= 0) & (dice.random(len(who)) < share)
        row, goal, _ = agreed.standing(who[there], day[there])
        parts.append((goal, contact[there][row], day[there][row]))
    goal, contact, days = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Seen(goal, contact, days)
