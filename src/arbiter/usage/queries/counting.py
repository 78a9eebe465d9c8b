"""Counting the usage of many customers at once: from the log to the pulse of each, and the sets it completed.

A customer's whole past is read where it is counted for the first time or anew. Of others the events that are new say
enough: the rest is remembered, and only the last weeks are read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from arbiter.usage.rules import pulse

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

    from arbiter.usage.engines.engine import Engine
    from arbiter.usage.models import BehaviourSet, Feature
    from arbiter.usage.rules.pulse import People, Whole

Tick = Callable[[str], None]
WINDOW_STEPS = 4
BEFORE_WINDOW = timedelta(days=93)
"""So far before the window the log is read together with it, for sets with periods that reach further back."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Past:
    """What is remembered of a customer, or was learnt of it: who was seen, and from when to when."""

    people: People
    first_at: datetime
    last_at: datetime
    first_day: date
    """The earliest day of its events, as far as they are in this."""

    def and_(self, more: Past) -> Past:
        """Return both in one."""
        return Past(
            pulse.joined(self.people, more.people),
            min(self.first_at, more.first_at),
            max(self.last_at, more.last_at),
            min(self.first_day, more.first_day),
        )


class Done(NamedTuple):
    """When a set was first completed, whether it holds still, and with which of its periods it held last."""

    first_at: datetime
    met: bool
    last: int | None

    def and_(self, before: Done) -> Done:
        """Return this with what was remembered from before: what was done stays done."""
        last = [each for each in (self.last, before.last) if each is not None]
        return Done(min(self.first_at, before.first_at), self.met, max(last, default=None))


Completed = dict[int, Done]


class Met(NamedTuple):
    """What is remembered of a customer that has news: the sets it has completed, and that are for it."""

    completed: Completed
    fitting: Collection[int]


@dataclass(frozen=True)
class Wanted:
    """What to count: up to which day, with which features and sets."""

    until: date
    features: Sequence[Feature]
    sets: Sequence[BehaviourSet]

    @property
    def steps(self) -> int:
        """How many steps are told of a group of customers."""
        return WINDOW_STEPS + len(self.sets)

    @cached_property
    def named(self) -> dict[str, list[str]]:
        """The events of each feature."""
        return {str(feature.pk): feature.events for feature in self.features}


@dataclass
class Found:
    """What was counted of some customers: a row of the pulse for each key, its past, and what it completed."""

    keys: Sequence[str]
    counts: Whole
    past: dict[str, Past] = field(default_factory=dict)
    completed: dict[str, Completed] = field(default_factory=dict)

    @classmethod
    def nothing(cls, keys: Sequence[str], wanted: Wanted) -> Found:
        """Begin with nothing of anybody."""
        rows = np.zeros((len(keys), pulse.width(len(wanted.features))), np.int64)
        return cls(keys, rows, completed={key: {} for key in keys})

    @cached_property
    def place(self) -> dict[str, int]:
        """The row of each key."""
        return {key: row for row, key in enumerate(self.keys)}

    def fill(self, told: pa.Table, starts: Whole | int, value: str) -> None:
        """Put the values of days where they belong."""
        rows = _rows(told, self.place)
        known = rows >= 0
        columns = starts + told.column("back").to_numpy()
        values = told.column(value).to_numpy()
        self.counts[rows[known], columns[known]] = values[known]


def known(engine: Engine, as_of: datetime, keys: Collection[str] | None) -> ibis.Table:
    """Return what is known at a moment of the events of some customers; None for all."""
    from arbiter.usage.expressions import events as log

    events = engine.events(as_of)
    return events if keys is None else log.only(events, sorted(keys))


def news(
    engine: Engine, as_of: datetime, *, since: datetime, after: date, until: date
) -> dict[str, Past]:
    """Return what events say that an earlier count could not know, by the keys of their customers.

    Args:
        engine: what runs the expressions.
        as_of: the moment of this count.
        since: the moment of the earlier one.
        after: the last day that it counted.
        until: the last day of this one.
    """
    from arbiter.usage.expressions import events as log

    newer = engine.newer(as_of, since)
    told = log.news(engine.events(as_of), since=since, after=after, newer=newer)
    return _seen(engine, told, until)


def touched(engine: Engine, as_of: datetime, *, since: datetime, after: date) -> set[str]:
    """Return the customers whose events may have become another's or come from another since a count."""
    from arbiter.usage.engines import people
    from arbiter.usage.expressions import events as log

    if not people.anybody_anew(since=since, as_of=as_of):
        return set()
    told = log.news(engine.events(as_of), since=since, after=after)
    found = log.touched(told, engine.memberships(as_of), engine.aliases(as_of), since=since)
    return {key for (key,) in rows(engine, found, "customer_id")}


def whole(
    engine: Engine, events: ibis.Table, keys: Sequence[str], wanted: Wanted, tick: Tick
) -> Found:
    """Count customers from their whole past."""
    from arbiter.usage.expressions import events as log
    from arbiter.usage.expressions import sets

    found = Found.nothing(keys, wanted)
    since = log.first_day(wanted.until, pulse.DAYS)
    lately = _lately(engine, events, keys, since=since, until=wanted.until)
    _windows(engine, lately, wanted, found, tick)
    found.past = _seen(engine, events, wanted.until)
    tick("Looked who was ever seen")
    for each in wanted.sets:
        _complete(
            engine, sets.completions(events, rule=rule_of(each), until=wanted.until), each, found
        )
        tick(f"Looked who did “{each.name}”")
    return found


def more(
    engine: Engine,
    events: ibis.Table,
    told: Mapping[str, Past],
    before: Mapping[str, Met],
    wanted: Wanted,
    tick: Tick,
) -> Found:
    """Count customers of whom all but some new events is remembered.

    Args:
        engine: what runs the expressions.
        events: of these customers.
        told: what the new events say, by key.
        before: which sets each had completed.
        wanted: what to count.
        tick: told of each step.
    """
    from arbiter.usage.expressions import events as log

    found, until = Found.nothing(list(told), wanted), wanted.until
    changes = [_Change.of(each, told, before, until) for each in wanted.sets]
    window = log.first_day(until, pulse.DAYS)
    near = [each.since for each in changes if each.since and window - each.since <= BEFORE_WINDOW]
    since = min([window, *near])
    lately = _lately(engine, events, found.keys, since=since, until=until)
    _windows(engine, lately, wanted, found, tick)
    tick("Looked who is new")
    for each in changes:
        is_within = each.since is not None and each.since >= since
        each.add(engine, lately if is_within else events, len(told), until, found)
        tick(f"Looked who did “{each.set.name}”")
    return found


def last_that_holds(each: BehaviourSet, until: date) -> int | None:
    """Return the number of the last period with which a set must have held to be kept up; None without periods."""
    from arbiter.usage.expressions import periods

    per = rule_of(each).per
    return None if per is None else periods.number_of(until, per) - 1


def rule_of(found: BehaviourSet) -> Any:
    """Return the rule of a set as the expressions take it."""
    return rule(found.rule)


def rule(told: Any) -> Any:
    """Return a rule in plain words as the expressions take it."""
    import msgspec

    from arbiter.usage.expressions.rules import Rule

    return msgspec.convert(told, Rule)


def rows(engine: Engine, asked: ibis.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Run an expression and give its rows as plain tuples, column by column."""
    table = engine.run(asked)
    return zip(*(table.column(name).to_pylist() for name in columns), strict=True)


def _lately(
    engine: Engine, events: ibis.Table, keys: Sequence[str], *, since: date, until: date
) -> ibis.Table:
    """What was done in the last weeks; of few customers the log is read once for all questions about them."""
    from arbiter.usage.expressions import events as log

    if len(keys) > log.FEW:
        return events
    lately = log.done(events, since=since, until=until)
    return engine.kept(lately.select("customer_id", "user_id", "kind", "event", "at", "day"))


def _windows(engine: Engine, events: ibis.Table, wanted: Wanted, found: Found, tick: Tick) -> None:
    """Fill the pulse from the last weeks."""
    from arbiter.usage.expressions import brief

    until = wanted.until
    days = engine.run(brief.days(events, until=until, days=pulse.DAYS))
    found.fill(days, pulse.EVENTS, "events")
    window = days.filter(days.column("back").to_numpy() < pulse.WINDOW)
    found.fill(window, pulse.PEOPLE, "people")
    tick("Counted the days")
    found.fill(engine.run(brief.leaving(events, until=until)), pulse.LEAVING, "people")
    tick("Counted who was there")
    if wanted.features:
        used = engine.run(brief.feature_days(events, features=wanted.named, until=until))
        _fill_features(used, wanted, found, 0, "events")
        left = engine.run(brief.feature_leaving(events, features=wanted.named, until=until))
        _fill_features(left, wanted, found, 2 * pulse.WINDOW, "people")
    tick("Counted the features")


def _fill_features(told: pa.Table, wanted: Wanted, found: Found, at: int, value: str) -> None:
    places = {str(feature.pk): place for place, feature in enumerate(wanted.features)}
    features = _rows(told, places, "feature")
    found.fill(told, pulse.OF_FEATURES + pulse.A_FEATURE * features + at, value)


def _seen(engine: Engine, events: ibis.Table, until: date) -> dict[str, Past]:
    """Who was seen since when, of each customer."""
    from arbiter.usage.expressions import brief

    told = engine.run(brief.seen(events, until=until)).sort_by("customer_id")
    keys, users = (told.column(name).to_pylist() for name in ("customer_id", "user_id"))
    if not keys:
        return {}
    days = told.column("first_day").cast("int32").to_numpy() + date(1970, 1, 1).toordinal()
    starts = [0, *(row for row in range(1, len(keys)) if keys[row] != keys[row - 1])]
    firsts = np.minimum.reduceat(_instants(told, "first_at"), starts).tolist()
    lasts = np.maximum.reduceat(_instants(told, "last_at"), starts).tolist()
    began = np.minimum.reduceat(days, starts).tolist()
    found = {}
    for place, (start, end) in enumerate(pairwise([*starts, len(keys)])):
        named = [row for row in range(start, end) if users[row] is not None]
        found[keys[start]] = Past(
            pulse.people([users[row] for row in named], days[named]),
            EPOCH + timedelta(microseconds=firsts[place]),
            EPOCH + timedelta(microseconds=lasts[place]),
            date.fromordinal(began[place]),
        )
    return found


def _instants(told: pa.Table, name: str) -> Whole:
    return np.asarray(told.column(name).cast("int64").to_numpy())


def _none() -> Whole:
    return np.empty(0, np.int64)


@dataclass(frozen=True)
class _Change:
    """What new events can do to a set: they complete it, or complete it earlier, and never undo it."""

    set: BehaviourSet
    own: Mapping[str, Done | None]
    """Whom the set is for, with what was remembered of each."""
    asked: Collection[str]
    """Those of whom the log is asked."""
    since: date | None
    """The first day that is needed of them; None for their whole past."""

    @classmethod
    def of(
        cls,
        each: BehaviourSet,
        told: Mapping[str, Past],
        before: Mapping[str, Met],
        until: date,
    ) -> _Change:
        """Work out what to ask of a set."""
        from arbiter.usage.expressions import periods

        rule, own = rule_of(each), {}
        for key in told:
            if each.pk in before[key].fitting:
                own[key] = before[key].completed.get(each.pk)
        if rule.per is None:
            # Whoever completed it before the first new event completed it then.
            asked = [
                key for key, was in own.items() if was is None or was.first_at > told[key].first_at
            ]
            return cls(each, own, asked, None)
        earliest = min((told[key].first_day for key in own), default=until)
        first = min(periods.number_of(day, rule.per) for day in (earliest, until))
        since = periods.first_of(first - rule.consecutive, rule.per)
        own = {key: was and was._replace(met=False) for key, was in own.items()}
        return cls(each, own, list(own), since)

    def add(
        self, engine: Engine, events: ibis.Table, everybody: int, until: date, found: Found
    ) -> None:
        """Ask the log, and put what it says together with what was remembered."""
        from arbiter.usage.expressions import events as log
        from arbiter.usage.expressions import sets

        if self.since is not None:
            events = events.filter(events.day >= self.since)
        if self.asked:
            some = events if len(self.asked) == everybody else log.only(events, sorted(self.asked))
            done = sets.completions(some, rule=rule_of(self.set), until=until)
            _complete(engine, done, self.set, found)
        for key, was in self.own.items():
            if was is not None:
                now = found.completed[key].get(self.set.pk)
                found.completed[key][self.set.pk] = now.and_(was) if now else was


def _complete(engine: Engine, done: ibis.Table, each: BehaviourSet, found: Found) -> None:
    for key, *told in rows(engine, done, "customer_id", *Done._fields):
        if key in found.completed:
            found.completed[key][each.pk] = Done(*told)


def _rows(told: pa.Table, place: Mapping[str, int], column: str = "customer_id") -> Whole:
    """The place of each row's key; -1 of a key that has none."""
    import pyarrow as pa

    column_ = told.column(column).combine_chunks().dictionary_encode()
    if isinstance(column_, pa.ChunkedArray):
        column_ = column_.unify_dictionaries().combine_chunks()
    places = np.array([place.get(key, -1) for key in column_.dictionary.to_pylist()], np.int64)
    return places[column_.indices.to_numpy()] if len(column_) else _none()
