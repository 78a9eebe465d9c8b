"""What customers said and what was measured, a few thousand customers at a time, for many moments at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from arbiter.foundation import garbage
from arbiter.metrics.picture import columns as col
from arbiter.metrics.picture.columns import NEVER, Column, Table
from arbiter.metrics.picture.on_file import OnFile
from arbiter.metrics.picture.words import (
    CONFIRMED,
    DECIDER,
    HEARD,
    INTENT,
    INTENTS,
    JUDGED,
    NEVER_JUDGED,
    NOBODY_KNOWN,
    NOT_LOOKED,
    SILENT,
)
from arbiter.outcomes.queries import attainment
from arbiter.outcomes.queries import past as past_goals
from arbiter.outcomes.queries.attainment import Attainment
from arbiter.voice.queries import intents
from arbiter.voice.queries import past as past_words
from arbiter.voice.queries.intents import CustomerIntent

CHUNK = 2_000
LEAD = timedelta(days=90)
"""Before the end of a term: what was confirmed by then had its say, and no notice had been given yet."""

COUNTS: dict[str, Callable[[Attainment], int]] = {
    "goals": lambda found: found.total,
    "in_their_words": lambda found: sum(
        each.goal.whose_words == "customer" for each in found.goals
    ),
    "in_our_words": lambda found: sum(each.goal.whose_words == "vendor" for each in found.goals),
    "stale": lambda found: found.stale,
    "due": lambda found: found.due,
    "due_confirmed": lambda found: sum(each.due and each.confirmed for each in found.goals),
    "due_judged": lambda found: sum(each.due and each.fresh for each in found.goals),
    "confirmed": lambda found: found.confirmed,
    "reached": lambda found: sum(each.reached for each in found.goals),
    "not_known": lambda found: found.achieved_not_known,
}


def chunks(customers: int) -> int:
    """In how many steps so many customers are read."""
    return -(-customers // CHUNK)


def with_what_was_told(read: OnFile, *, tick: Callable[[str], None]) -> OnFile:
    """Return what is on file with what customers said and what was measured, at every moment."""
    told = {
        name: np.zeros((len(read.moments), len(read.ids)), dtype=np.int16)
        for name in (*COUNTS, INTENT, DECIDER)
    }
    before = np.full(len(read.terms), NOT_LOOKED, dtype=np.int8)
    achieved: list[tuple[int, int, int]] = []
    views = [_View.of(read, place) for place in range(len(read.moments))]
    with garbage.kept():
        for begin in range(0, len(read.ids), CHUNK):
            part = _Part(read, begin, min(begin + CHUNK, len(read.ids)))
            for place, view in enumerate(views):
                part.tell(view, {name: rows[place] for name, rows in told.items()})
            part.look_before_renewals(before)
            achieved.extend(part.achieved())
            tick(f"Read {part.end:,} of {len(read.ids):,} customers")
    rows = np.array(achieved, dtype=np.int64).reshape(-1, 3)
    return replace(
        read,
        told=told,
        terms=read.terms.and_(before=before),
        achieved=Table(rows[:, 0], {"at": rows[:, 1], "recorded": rows[:, 2]}),
    )


@dataclass(frozen=True)
class _View:
    """A moment: who is looked after then, and since when the running terms of each run."""

    as_of: datetime
    current: Column
    since: Column

    @classmethod
    def of(cls, read: OnFile, place: int) -> _View:
        picture = read.picture(place)
        since = np.full(len(read.ids), NEVER)
        np.minimum.at(since, picture.open_terms.customer, picture.open_terms["start"])
        return cls(picture.as_of, picture.current, since)


class _Part:
    """Some thousand customers, read whole."""

    def __init__(self, read: OnFile, begin: int, end: int) -> None:
        self.read, self.begin, self.end = read, begin, end
        ids = read.ids[begin:end].tolist()
        self.place = {pk: begin + number for number, pk in enumerate(ids)}
        until = read.moments[-1]
        self.goals = past_goals.of_customers(ids, until=until, whole=True)
        self.words = past_words.of_customers(ids, until=until, whole=True)

    def tell(self, view: _View, columns: dict[str, Column]) -> None:
        """Write what stood at a moment into one row per question."""
        ids = [pk for pk, place in self.place.items() if view.current[place]]
        for pk, goals in attainment.told_from(self.goals, ids, as_of=view.as_of).items():
            place = self.place[pk]
            for name, count in COUNTS.items():
                columns[name][place] = count(goals) if goals.goals else 0
        since = {
            pk: col.day_of(view.since[self.place[pk]])
            for pk in ids
            if view.since[self.place[pk]] != NEVER
        }
        said = intents.told_from(self.words, ids, as_of=view.as_of, since=since, heard={})
        for pk, intent in said.items():
            place = self.place[pk]
            columns[INTENT][place] = INTENTS.index(str(intent.state))
            columns[DECIDER][place] = _decider(intent)

    def achieved(self) -> Iterator[tuple[int, int, int]]:
        """Every achieved verdict: whose, when, and when we learnt it."""
        for pk, goals in self.goals.stated.items():
            for goal in goals:
                for verdict in self.goals.judged.get(goal.pk, ()):
                    if verdict.verdict == "achieved":
                        yield (
                            self.place[pk],
                            col.moment_number(verdict.at),
                            col.moment_number(verdict.recorded_at),
                        )

    def look_before_renewals(self, before: Column) -> None:
        """Write what stood of the goals ninety days before each decided term ended."""
        terms = self.read.terms
        first, last = np.searchsorted(terms.customer, [self.begin, self.end])
        decided = first + np.flatnonzero(terms["recorded"][first:last] != NEVER)
        for row in decided.tolist():
            pk = int(self.read.ids[terms.customer[row]])
            as_of = _before(col.day_of(terms["end"][row]))
            goals = attainment.told_from(self.goals, [pk], as_of=as_of)[pk]
            before[row] = _judged(goals)


def _decider(intent: CustomerIntent) -> int:
    deciding = [person for person in intent.people if person.role == "decision_maker"]
    if not deciding:
        return NOBODY_KNOWN
    return SILENT if intent.silent_decision_maker else HEARD


def _judged(found: Attainment) -> int:
    if found.confirmed:
        return CONFIRMED
    return JUDGED if any(goal.fresh for goal in found.goals) else NEVER_JUDGED


def _before(end: date) -> datetime:
    return datetime.combine(end - LEAD, time.max, UTC)
