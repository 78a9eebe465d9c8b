"""Usage is counted: the log is read, and the read model and signals are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.accounts.actions import signals as numbers
from arbiter.accounts.actions.signals import Number
from arbiter.accounts.queries import contracts, customers
from arbiter.accounts.rules import day
from arbiter.foundation import runs
from arbiter.usage.actions import completion_times, figures
from arbiter.usage.models import Completion, FeatureStanding, SnapshotRun, UsageStanding
from arbiter.usage.queries import behaviour_sets, counting, features, rows
from arbiter.usage.queries.counting import WEEKS, Counted, Wanted
from arbiter.usage.queries.rows import Frame, Who
from arbiter.usage.queries.runs import last_done
from arbiter.usage.rules.signals import to_tell

if TYPE_CHECKING:
    from arbiter.usage.engines.engine import Engine

AT_ONCE = 20_000
"""Customers that are counted together: so many records are held in memory."""
KEPT_RUNS = 100
ANEW_AFTER = timedelta(days=7)
"""Everything is counted anew so often: what was erased or expired leaves no other trace."""


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
    own.whole = any(each.whole for each in waiting) or _is_old(last, at)
    own.started_at, own.as_of, own.done, own.step, own.problem = at, at, 0, "", ""
    own.until = day(at) if waiting else day(at) - timedelta(days=1)
    own.save()
    taken = SnapshotRun.objects.filter(pk__in=[own.pk, *(each.pk for each in waiting[1:])])
    taken.update(started_at=at)
    with runs.finishing(taken, clock):
        counted = _Run(own, last).count()
    taken.exclude(pk=own.pk).delete()
    runs.forget(SnapshotRun, but=KEPT_RUNS)
    return counted


def _is_old(last: SnapshotRun | None, at: datetime) -> bool:
    """Whether everything is to be counted anew: it never was, or not for a week."""
    if last is None:
        return True
    whole = SnapshotRun.objects.filter(problem="", whole=True).exclude(finished_at=None)
    newest = whole.order_by("-as_of").values_list("as_of", flat=True).first()
    return newest is None or newest <= at - ANEW_AFTER


@dataclass
class _Some:
    """The customers that are counted: all, or those who moved; `news` are those whose past is asked for."""

    who: list[Who]
    news: set[str] | None


class _Run:
    """One time of counting."""

    def __init__(self, own: SnapshotRun, last: SnapshotRun | None) -> None:
        assert own.until is not None, "a run that begins has its day"
        assert own.as_of is not None, "and its moment"
        self.own, self.last = own, last
        self.until: date = own.until
        self.as_of: datetime = own.as_of
        self.features = list(features.standing())
        self.sets = list(behaviour_sets.standing())
        self.frame = Frame(self.until, self.as_of, len(self.features), self.sets)
        self.seats = _seats(self.as_of)

    def count(self) -> int:
        """Count, write, and sum up."""
        from arbiter.usage.engines.choice import configured

        with configured() as engine:
            some = self._some(engine)
            groups = [some.who[at : at + AT_ONCE] for at in range(0, len(some.who), AT_ONCE)]
            wanted = Wanted(self.until, self.features, self.sets)
            self.own.total = len(groups) * (wanted.steps + 1) + 1
            self.own.customers = len(some.who)
            self.own.save(update_fields=["total", "customers"])
            for group in groups:
                self._count_group(engine, wanted, some, group)
        figures.sum_up(until=self.until)
        completion_times.sum_up(self.sets, until=self.until)
        self._tick("Summed up")
        return len(some.who)

    def _some(self, engine: Engine) -> _Some:
        everybody = _everybody()
        if self.own.whole or self.last is None or self.last.as_of is None:
            return _Some(everybody, None)
        news = counting.changed(engine, self.as_of, self.last.as_of)
        moving = self._moving() | self._described_otherwise(everybody)
        if self.last.until != self.until:
            news |= _keeping_up()
        return _Some([who for who in everybody if who.pk in moving or who.key in news], news)

    def _moving(self) -> set[int]:
        """Whose numbers go with the days, where the day is another one."""
        assert self.last is not None, "the first run counts all"
        if self.last.until == self.until:
            return set()
        earliest = min(self.until, self.last.until or self.until) - timedelta(days=7 * WEEKS + 1)
        lately = UsageStanding.objects.filter(
            last_at__gte=datetime.combine(earliest, time.min, UTC)
        )
        return set(lately.values_list("customer_id", flat=True))

    def _described_otherwise(self, everybody: Iterable[Who]) -> set[int]:
        """Who has no row yet, another segment, or other seats."""
        stored = {
            pk: told
            for pk, *told in UsageStanding.objects.values_list("customer_id", "segment", "seats")
        }
        return {
            who.pk
            for who in everybody
            if stored.get(who.pk) != [who.segment, self.seats.get(who.pk)]
        }

    def _count_group(
        self, engine: Engine, wanted: Wanted, some: _Some, group: Sequence[Who]
    ) -> None:
        keys = {who.key for who in group}
        news = keys if some.news is None else some.news & keys
        is_all = some.news is None and len(group) == len(some.who)
        found = counting.count(
            engine,
            engine.events(self.as_of),
            wanted,
            keys=None if is_all else keys,
            news=None if is_all else news,
            tick=self._tick,
        )
        self._write(group, found, news)
        self._tick("Written down")

    @transaction.atomic
    def _write(self, group: Sequence[Who], found: dict[str, Counted], news: set[str]) -> None:
        before = UsageStanding.objects.in_bulk([who.pk for who in group])
        told: list[Number] = []
        written = []
        for who in group:
            counted = found.get(who.key) or Counted()
            if who.key in news and counted.span is None:
                counted.span, counted.completed = (None, None), {}
            row = rows.standing(
                who, counted, self.seats.get(who.pk), before.get(who.pk), self.frame
            )
            told += self._told(row)
            written.append((who, counted, row))
        self._replace(written)
        numbers.write(told, recorded_at=self.as_of)

    def _replace(self, written: list[tuple[Who, Counted, UsageStanding]]) -> None:
        ids = [who.pk for who, _, _ in written]
        asked = [who.pk for who, told, _ in written if told.completed is not None]
        UsageStanding.objects.filter(pk__in=ids).delete()
        FeatureStanding.objects.filter(customer__in=ids).delete()
        Completion.objects.filter(customer__in=asked).delete()
        UsageStanding.objects.bulk_create((row for _, _, row in written), batch_size=1_000)
        used = [each for who, told, _ in written for each in rows.feature_rows(who, told)]
        done = [
            each for who, told, _ in written for each in rows.completion_rows(who, told, self.frame)
        ]
        FeatureStanding.objects.bulk_create(used, batch_size=2_000)
        Completion.objects.bulk_create(done, batch_size=2_000)

    def _told(self, row: UsageStanding) -> list[Number]:
        """The signals worth writing; the row remembers them."""
        now = rows.numbers(row)
        news = to_tell(now, row.told, told_on=row.told_on, until=self.until)
        if not news:
            return []
        if row.told_on is None or len(news) == sum(value is not None for value in now.values()):
            row.told_on = self.until
        row.told = {**row.told, **news}
        return [
            Number(row.customer_id, name, self._moment(), value) for name, value in news.items()
        ]

    def _moment(self) -> datetime:
        """When the numbers are true: at the end of their day, or now where it is not over."""
        return min(datetime.combine(self.until, time.max, UTC), self.as_of)

    def _tick(self, step: str) -> None:
        self.own.done += 1
        SnapshotRun.objects.filter(pk=self.own.pk).update(done=self.own.done, step=step)


def _everybody() -> list[Who]:
    rows = customers.everybody().order_by("pk").values_list("pk", "key", "segment", "stage")
    return [Who(*row) for row in rows.iterator(chunk_size=10_000)]


def _keeping_up() -> set[str]:
    """Who does a set with periods still: with another day that may have ended."""
    done = Completion.objects.filter(met=True, behaviour_set__retired_at=None)
    by_period = done.exclude(behaviour_set__rule__per=None)
    return set(by_period.values_list("customer__key", flat=True).distinct())


def _seats(as_of: datetime) -> dict[int, int]:
    """The seats of the terms that run, by customer; without a number for who has none on file."""
    found: dict[int, int] = defaultdict(int)
    running = contracts.open_at(as_of).exclude(seats=None).order_by()
    for customer_id, seats in running.values_list("customer_id", "seats"):
        found[customer_id] += seats or 0
    return dict(found)
