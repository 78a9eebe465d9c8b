"""What could be known of terms as of a day, as columns: the array road from facts to the forecast.

It follows the product's rules for what counts (docs/method/renewal-forecast.md), written a second time and
for arrays. `front_door` checks that importing the same facts leads to the same knowledge.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.simulator.calendar import MONTH_DAYS, NEVER, Bools, Floats, Ints
from bench.simulator.facts import (
    DECIDER,
    FRIEND,
    INTENTS,
    ROLES,
    SIGNALS,
    USER,
    VERDICTS,
    Answers,
    Dated,
    Facts,
    chosen,
)
from bench.simulator.people import Chairs

YEAR = 365
GRACE_DAYS = 7
DEPARTURE_DAYS = 183
CHAIRS = (DECIDER, FRIEND, USER)


@dataclass(frozen=True)
class Observed:
    """What could be known of n terms, each as of its own day. nan is unknown."""

    lead_days: Ints
    segment: Ints
    intent: Ints
    """A place in `INTENTS` for each chair. Shape (n, 3)."""
    age_days: Ints
    """Of those answers; 0 where there is none. Shape (n, 3)."""
    role: Ints
    """Of who sits there, a place in `ROLES`. Shape (n, 3)."""
    silent: Bools
    goals: Ints
    achieved: Ints
    partly: Ints
    missed: Ints
    measured: Ints
    reached: Ints
    reached_known: Ints
    goal_age_months: Floats
    departed: Bools
    nps: Floats
    csat: Floats
    usage_level: Floats
    usage_trend: Floats
    tickets_critical: Floats
    renewals: Ints
    price_increase: Floats

    def __len__(self) -> int:
        return len(self.segment)


def joined(parts: list[Observed]) -> Observed:
    """Stack what was observed of several sets of terms."""
    names = Observed.__dataclass_fields__
    return Observed(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in names})


def taken(observed: Observed, rows: np.ndarray) -> Observed:
    """Return some of the rows."""
    names = Observed.__dataclass_fields__
    return Observed(**{name: getattr(observed, name)[rows] for name in names})


class View:
    """Looks at facts as of days. Built once for the facts, asked for any terms and days."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._chairs = Chairs(facts.contacts)
        self._goals = _GoalView(facts)
        self._said = Dated(facts.intents.contact, facts.intents.day)
        self._asked = Dated(facts.asks.contact, facts.asks.day)
        contacts = facts.contacts
        gone = np.flatnonzero(contacts.left < NEVER)
        self._departures = Dated(contacts.customer[gone], contacts.left[gone])
        self._signals = Dated(
            facts.signals.customer * len(SIGNALS) + facts.signals.name, facts.signals.day
        )
        self._scores = {
            "nps": _Scores(facts, facts.nps, self._chairs),
            "csat": _Scores(facts, facts.csat, self._chairs),
        }

    def at(self, term: Ints, day: Ints) -> Observed:
        """Return what could be known of terms at the end of a day each."""
        terms = self._facts.terms
        customer = terms.customer[term]
        return Observed(
            lead_days=terms.ends[term] - day,
            segment=self._facts.customers.segment[customer],
            departed=self._departures.any_since(customer, day - DEPARTURE_DAYS + 1, day),
            nps=self._scores["nps"].mean(customer, day),
            csat=self._scores["csat"].mean(customer, day),
            renewals=terms.number[term],
            **self._intents(term, customer, day),
            **self._goals.at(customer, day),
            **dict[str, Any]({name: self._signal(name, customer, day) for name in SIGNALS}),
        )

    def _intents(self, term: Ints, customer: Ints, day: Ints) -> dict[str, Any]:
        counting = np.maximum(day - YEAR + 1, self._facts.terms.starts[term])
        told = [self._chair(chair, customer, day, counting) for chair in CHAIRS]
        intent, age, role, silent = (np.stack(column, axis=1) for column in zip(*told, strict=True))
        return {"intent": intent, "age_days": age, "role": role, "silent": silent.any(axis=1)}

    def _chair(
        self, chair: int, customer: Ints, day: Ints, counting: Ints
    ) -> tuple[Ints, Ints, Ints, Bools]:
        """What who sits in a chair said, how long ago, in what role, and whether they keep silent."""
        facts = self._facts
        contact = self._chairs.sitting(customer, chair, day)
        said = np.where(contact >= 0, self._said.latest(np.maximum(contact, 0), day), -1)
        at = chosen(facts.intents.day, said, -1)
        said = np.where(at >= counting, said, -1)
        asked = np.where(contact >= 0, self._asked.latest(np.maximum(contact, 0), day), -1)
        asked_at = chosen(facts.asks.day, asked, -1)
        silent = (said < 0) & (asked_at >= counting) & (asked_at <= day - GRACE_DAYS)
        return (
            chosen(facts.intents.value, said, INTENTS.index("")),
            np.where(said >= 0, day - at, 0),
            chosen(facts.contacts.role, contact, ROLES.index("champion")),
            silent,
        )

    def _signal(self, name: str, customer: Ints, day: Ints) -> Floats:
        owner = customer * len(SIGNALS) + SIGNALS.index(name)
        place = self._signals.latest(owner, day)
        fresh = chosen(self._facts.signals.day, place, -NEVER) > day - YEAR
        return np.where(fresh, chosen(self._facts.signals.value, place, np.nan), np.nan)


class _Scores:
    """The mean of each person's newest score within a year. Whoever has left still counts."""

    def __init__(self, facts: Facts, answers: Answers, chairs: Chairs) -> None:
        contacts = facts.contacts
        self._answers = answers
        self._people = Dated(contacts.customer[answers.contact], answers.day)
        self._of = Dated(answers.contact, answers.day)
        order = np.argsort(contacts.customer, kind="stable")
        self._sorted = order
        self._first = np.searchsorted(contacts.customer[order], np.arange(len(facts.customers) + 1))

    def mean(self, customer: Ints, day: Ints) -> Floats:
        row, contact = _spread(self._first, self._sorted, customer)
        place = self._of.latest(contact, day[row])
        fresh = chosen(self._answers.day, place, -NEVER) > day[row] - YEAR
        score = np.where(fresh, chosen(self._answers.value, place, 0), 0)
        count = np.bincount(row, fresh, len(customer))
        total = np.bincount(row, score, len(customer))
        return np.where(count > 0, (total / np.maximum(count, 1)).round(2), np.nan)


def _spread(first: Ints, items: Ints, owner: Ints) -> tuple[Ints, Ints]:
    """Return for every owner the row it has and each of its items."""
    each = first[owner + 1] - first[owner]
    row = np.repeat(np.arange(len(owner)), each)
    within = np.arange(len(row)) - np.repeat(np.cumsum(each) - each, each)
    return row, items[np.repeat(first[owner], each) + within]


class _GoalView:
    """Where the goals of customers stand on a day."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._chair_of = facts.contacts.chair
        self._agreed = Dated(facts.revisions.goal, facts.revisions.day)
        self._measured = Dated(facts.results.goal, facts.results.day)
        self._judged = Dated(facts.verdicts.goal, facts.verdicts.day)
        self._judged_by = Dated(
            facts.verdicts.goal * 3 + self._chair_of[facts.verdicts.contact], facts.verdicts.day
        )
        self._seen_by = Dated(
            facts.seen.goal * 3 + self._chair_of[facts.seen.contact], facts.seen.day
        )
        self._since = _reached_since(facts)
        customers = np.arange(len(facts.customers) + 1)
        self._first = np.searchsorted(facts.goals.customer, customers)

    def at(self, customer: Ints, day: Ints) -> dict[str, Any]:
        goals = self._facts.goals
        row, goal = _spread(self._first, np.arange(len(goals.customer)), customer)
        stands = (goals.stated[goal] <= day[row]) & (goals.retired[goal] > day[row])
        row, goal = row[stands], goal[stands]
        word, judged_at = self._word(goal, day[row])
        result = self._measured.latest(goal, day[row])
        since = chosen(self._since, result, NEVER)
        reached: Bools = (result >= 0) & (since < NEVER)
        known = reached & ((word == "achieved") | self._is_known(goal, day[row], since))
        due = chosen(self._facts.revisions.due, self._agreed.latest(goal, day[row]), NEVER)
        counted: dict[str, Bools] = {
            "goals": (due <= day[row]) | (word != ""),
            "achieved": word == "achieved",
            "partly": word == "partly",
            "missed": word == "not",
            "measured": result >= 0,
            "reached": reached,
            "reached_known": known,
        }
        told: dict[str, Any] = {
            name: np.bincount(row, each, len(customer)).astype(np.int64)
            for name, each in counted.items()
        }
        confirmed = np.where(word == "achieved", judged_at, -1)
        told["goal_age_months"] = self._age(row, goal, day, confirmed)
        return told

    def _word(self, goal: Ints, day: Ints) -> tuple[np.ndarray, Ints]:
        """The verdict that counts, as far as it is fresh and judges anything, and its day."""
        place = self._judged.latest(goal, day)
        at = chosen(self._facts.verdicts.day, place, -NEVER)
        said = np.array(VERDICTS)[chosen(self._facts.verdicts.verdict, place, 0)]
        return np.where((at > day - YEAR) & (said != "too_early"), said, ""), at

    def _is_known(self, goal: Ints, day: Ints, since: Ints) -> Bools:
        """Whether somebody who is still there has seen or judged it since it is reached."""
        facts, known = self._facts, np.zeros(len(goal), bool)
        for chair in CHAIRS:
            seen = self._seen_by.latest(goal * 3 + chair, day)
            known |= self._counts(facts.seen.contact, facts.seen.day, seen, day, since)
            judged = self._judged_by.latest(goal * 3 + chair, day)
            early = chosen(facts.verdicts.verdict, judged, 0) == VERDICTS.index("too_early")
            told = self._counts(facts.verdicts.contact, facts.verdicts.day, judged, day, since)
            known |= told & ~early
        return known

    def _counts(self, contact: Ints, at: Ints, place: Ints, day: Ints, since: Ints) -> Bools:
        who = chosen(contact, place, -1)
        there = (who >= 0) & (chosen(self._facts.contacts.left, who, 0) > day)
        return there & (chosen(at, place, -1) >= since)

    def _age(self, row: Ints, goal: Ints, day: Ints, confirmed: Ints) -> Floats:
        """Months at the end of the day since a goal was last agreed or confirmed."""
        agreed = self._agreed.latest(goal, day[row])
        at = np.maximum(chosen(self._facts.revisions.day, agreed, -1), confirmed)
        newest = np.full(len(day), -1)
        np.maximum.at(newest, row, at)
        months = (day + 1 - newest) / MONTH_DAYS
        return np.where(newest >= 0, months.round(1), np.nan)


def _reached_since(facts: Facts) -> Ints:
    """For each result the day since which all results of its goal reached the target; `NEVER` if it did not."""
    results, goals = facts.results, facts.goals
    order = np.argsort(results.goal * NEVER + results.day, kind="stable")
    goal, day = results.goal[order], results.day[order]
    reached = results.value[order] >= goals.target[goal]
    begins = reached & ~np.append(False, reached[:-1] & (goal[1:] == goal[:-1]))
    began = np.maximum.accumulate(np.where(begins, np.arange(len(goal)), -1)) if len(goal) else goal
    since = np.full(len(goal), NEVER)
    since[order] = np.where(reached, day[np.maximum(began, 0)], NEVER)
    return since
