"""Usage is counted: the log is read, and the read model and signals are written.

Of customers of whom anything new is known the log is asked; the windows of the others move over what is remembered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from arbiter.accounts.queries import contracts, customers
from arbiter.accounts.rules import day
from arbiter.foundation import bulk, runs
from arbiter.usage.actions import completion_times, counted, figures, moving
from arbiter.usage.models import SnapshotRun, UsageStanding
from arbiter.usage.queries import behaviour_sets, counting, features
from arbiter.usage.queries.counting import Found, Past, Wanted
from arbiter.usage.queries.rows import Frame, Who
from arbiter.usage.queries.runs import last_done
from arbiter.usage.rules import pulse

if TYPE_CHECKING:
    from arbiter.usage.engines.engine import Engine

AT_ONCE = 20_000
"""Customers that are counted together."""
NUMBERS_AT_ONCE = 60_000_000
"""So many numbers of their pulses are held in memory."""
KEPT_RUNS = 100
LOOKS_EVERY = 0.5
"""Seconds after which it is told anew how far a question to the log is."""
ANEW_AFTER = timedelta(days=7)
"""Everything is counted anew so often: what was erased or expired leaves no other trace."""
T = TypeVar("T")


def perform(*, at: datetime, clock: Callable[[], datetime]) -> int:
    """Count usage and return of how many customers; done again at the same moment it changes nothing.

    Wanted by somebody it is counted up to today, else up to yesterday, the last day that is over. Only
    those are counted of whom anything was learnt since the last time, or whose numbers move with the days.

    Args:
        at: when it begins. What was recorded later is not known.
        clock: tells the time as it goes on.
    """
    waiting = list(runs.unfinished(SnapshotRun).order_by("wanted_at", "pk"))
    own = waiting[0] if waiting else SnapshotRun(wanted_at=at)
    last = last_done()
    own.started_at, own.as_of, own.done, own.step, own.problem = at, at, 0, "", ""
    own.until = day(at) if waiting else day(at) - timedelta(days=1)
    own.features = [feature.pk for feature in features.standing()]
    own.whole = any(each.whole for each in waiting) or _begins_anew(own, last, at)
    with transaction.atomic():
        own.save()
        taken = SnapshotRun.objects.filter(pk__in=[own.pk, *(each.pk for each in waiting[1:])])
        taken.update(started_at=at)
    with runs.finishing(taken, clock), bulk.much_in_memory():
        found = _Run(own, last).count()
    taken.exclude(pk=own.pk).delete()
    runs.forget(SnapshotRun, but=KEPT_RUNS)
    return found


def _begins_anew(own: SnapshotRun, last: SnapshotRun | None, at: datetime) -> bool:
    """Whether what is remembered will not do: there is none, it is of another kind, of a later day, or old."""
    if last is None or last.until is None or own.until is None:
        return True
    if last.features != own.features or last.until > own.until:
        return True
    whole = SnapshotRun.objects.filter(problem="", whole=True).exclude(finished_at=None)
    newest = whole.order_by("-as_of").values_list("as_of", flat=True).first()
    return newest is None or newest <= at - ANEW_AFTER


@dataclass
class _Asked:
    """Of whom the log is asked: their whole past, or what the new events say."""

    anew: list[Who]
    told: dict[str, Past]
    by_key: dict[str, Who]
    reseated: set[int]

    @property
    def ids(self) -> set[int]:
        """All of them."""
        return {who.pk for who in self.anew} | {self.by_key[key].pk for key in self.told}


class _Run:
    """One time of counting."""

    def __init__(self, own: SnapshotRun, last: SnapshotRun | None) -> None:
        assert own.until is not None, "a run that begins has its day"
        assert own.as_of is not None, "and its moment"
        self.own, self.last = own, last
        self.features = list(features.standing())
        self.sets = list(behaviour_sets.standing())
        self.wanted = Wanted(own.until, self.features, self.sets)
        self.frame = Frame(own.until, own.as_of, self.sets)
        self.seats = _seats(own.as_of)

    def count(self) -> int:
        """Count, write, and sum up."""
        from arbiter.usage.engines.choice import configured

        with configured() as engine:
            asked = self._asked(engine)
            anew, more = self._groups(asked.anew), self._groups(asked.told)
            steps = (self.wanted.steps + 1) * (len(anew) + len(more))
            self.own.total, self.own.customers = steps + 1, len(asked.ids)
            self.own.save(update_fields=["total", "customers"])
            for group in anew:
                self._count_anew(engine, group, is_all=len(group) == len(asked.by_key))
            moved = self._count_more(engine, asked, more)
        counted.drop_met(self.sets, self.frame.until)
        with transaction.atomic():
            figures.sum_up(until=self.frame.until)
            completion_times.sum_up(self.sets, until=self.frame.until)
            self.own.customers += moved
            self.own.save(update_fields=["customers"])
            self._tick("Summed up")
        return self.own.customers

    def _asked(self, engine: Engine) -> _Asked:
        by_key = {who.key: who for who in _everybody()}
        if self.own.whole:
            return _Asked(list(by_key.values()), {}, by_key, set())
        assert self.last is not None, "the first run counts all"
        assert self.last.as_of is not None, "and ended at its moment"
        assert self.last.until is not None, "and with its day"
        touched = counting.touched(
            engine, self.frame.as_of, since=self.last.as_of, after=self.last.until
        )
        stored = {
            pk: told
            for pk, *told in UsageStanding.objects.values_list("customer_id", "segment", "seats")
        }
        other = {
            who.key
            for who in by_key.values()
            if who.pk not in stored or stored[who.pk][0] != who.segment
        }
        told = counting.news(
            engine,
            self.frame.as_of,
            since=self.last.as_of,
            after=self.last.until,
            until=self.frame.until,
        )
        anew = [who for who in by_key.values() if who.key in other or who.key in touched]
        gone = other | touched
        more = {key: past for key, past in told.items() if key in by_key and key not in gone}
        reseated = {pk for pk, (_, seats) in stored.items() if seats != self.seats.get(pk)}
        return _Asked(anew, more, by_key, reseated)

    def _groups(self, asked: Collection[T]) -> list[list[T]]:
        most = max(1, min(AT_ONCE, NUMBERS_AT_ONCE // pulse.width(len(self.features))))
        every = list(asked)
        return [every[at : at + most] for at in range(0, len(every), most)]

    def _count_anew(self, engine: Engine, group: Sequence[Who], *, is_all: bool) -> None:
        keys = [who.key for who in group]
        events = counting.known(engine, self.frame.as_of, None if is_all else keys)
        found = counting.whole(engine, events, keys, self.wanted, self._tick)
        self._write(group, found)

    def _count_more(self, engine: Engine, asked: _Asked, more: Sequence[Sequence[str]]) -> int:
        """Ask the log what is new, and move the windows of everybody else while it is read: how many."""
        moved = None
        with ThreadPoolExecutor(1) as aside:
            for keys in more:
                group, steps = [asked.by_key[key] for key in keys], SimpleQueue[str]()
                told = {key: asked.told[key] for key in keys}
                events = counting.known(engine, self.frame.as_of, keys)
                before, known = counted.met(group, self.sets), counted.remembered(group)
                question = engine, events, told, before, self.wanted, steps.put
                asking = aside.submit(counting.more, *question)
                moved = self._move(asked) if moved is None else moved
                found = self._awaited(asking, steps)
                found.past = {
                    key: past.and_(known[key]) if key in known else past
                    for key, past in told.items()
                }
                self._write(group, found)
        return self._move(asked) if moved is None else moved

    @transaction.atomic
    def _write(self, group: Sequence[Who], found: Found) -> None:
        counted.write(group, found, self.frame, self.features, self.seats)
        self._tick("Written down")

    def _awaited(self, asking: Future[Found], steps: SimpleQueue[str]) -> Found:
        """Tell the steps of who asks aside, which itself keeps off our database, until all is said."""
        is_done = False
        while not is_done:
            is_done = bool(wait([asking], timeout=LOOKS_EVERY).done)
            told = [steps.get() for _ in range(steps.qsize())]
            if told:
                self._tick(told[-1], steps=len(told))
        return asking.result()

    def _move(self, asked: _Asked) -> int:
        if self.own.whole:
            return 0
        assert self.last is not None, "what is counted on from"
        assert self.last.until is not None, "has its day"
        return moving.move(
            self.frame,
            self.last.until,
            self.features,
            self.seats,
            reseated=asked.reseated,
            but=asked.ids,
        )

    def _tick(self, step: str, *, steps: int = 1) -> None:
        self.own.done += steps
        SnapshotRun.objects.filter(pk=self.own.pk).update(done=self.own.done, step=step)


def _everybody() -> list[Who]:
    rows = customers.everybody().order_by("pk").values_list("pk", "key", "segment", "stage")
    return [Who(*row) for row in rows.iterator(chunk_size=10_000)]


def _seats(as_of: datetime) -> dict[int, int]:
    """The seats of the terms that run, by customer; without a number for who has none on file."""
    found: dict[int, int] = defaultdict(int)
    running = contracts.open_at(as_of).exclude(seats=None).order_by()
    for customer_id, seats in running.values_list("customer_id", "seats"):
        found[customer_id] += seats or 0
    return dict(found)
