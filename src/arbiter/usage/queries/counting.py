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
Completed = dict[int, tuple[datetime, bool]]
WINDOW_STEPS = 4
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

    return _seen(engine, log.news(engine.events(as_of), since=since, after=after), until)


def touched(engine: Engine, as_of: datetime, *, since: datetime, after: date) -> set[str]:
    """Return the customers whose events may have become another's or come from another since a count."""
    from arbiter.usage.expressions import events as log

    told = log.news(engine.events(as_of), since=since, after=after)
    found = log.touched(told, engine.memberships(as_of), engine.aliases(as_of), since=since)
    return {key for (key,) in rows(engine, found, "customer_id")}


def whole(
    engine: Engine, events: ibis.Table, keys: Sequence[str], wanted: Wanted, tick: Tick
) -> Found:
    """Count customers from their whole past."""
    from arbiter.usage.expressions import sets

    found = Found.nothing(keys, wanted)
    _windows(engine, events, wanted, found, tick)
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
    found = Found.nothing(list(told), wanted)
    _windows(engine, events, wanted, found, tick)
    tick("Looked who is new")
    for each in wanted.sets:
        _add(engine, events, each, told, before, wanted.until, found)
        tick(f"Looked who did “{each.name}”")
    return found


def still_met(engine: Engine, events: ibis.Table, each: BehaviourSet, until: date) -> set[str]:
    """Return who keeps up a set with periods: the last of them are enough to see it."""
    from arbiter.usage.expressions import periods, sets

    rule = rule_of(each)
    since = periods.first_of(periods.number_of(until, rule.per) - rule.consecutive, rule.per)
    done = sets.completions(events.filter(events.day >= since), rule=rule, until=until)
    return {key for key, met in rows(engine, done, "customer_id", "met") if met}


def another_period(each: BehaviourSet, one: date, other: date) -> bool:
    """Say whether two days lie in different periods of a set."""
    from arbiter.usage.expressions import periods

    per = rule_of(each).per
    return per is not None and periods.number_of(one, per) != periods.number_of(other, per)


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


def _windows(engine: Engine, events: ibis.Table, wanted: Wanted, found: Found, tick: Tick) -> None:
    """Fill the pulse from the last weeks."""
    from arbiter.usage.expressions import brief
    from arbiter.usage.expressions import events as log

    until = wanted.until
    if len(found.keys) <= log.FEW:
        # Of few customers the log is read once for all these questions.
        lately = log.done(events, until=until, days=pulse.DAYS)
        events = engine.kept(lately.select("customer_id", "user_id", "kind", "event", "day"))
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


def _add(
    engine: Engine,
    events: ibis.Table,
    each: BehaviourSet,
    told: Mapping[str, Past],
    before: Mapping[str, Met],
    until: date,
    found: Found,
) -> None:
    """Add what new events do to a set: they can complete it, or complete it earlier, and never undo it."""
    from arbiter.usage.expressions import events as log
    from arbiter.usage.expressions import periods, sets

    rule, own = rule_of(each), {}
    for key in told:
        if each.pk in before[key].fitting:
            own[key] = before[key].completed.get(each.pk)
    if rule.per is None:
        # Whoever completed it before the first new event completed it then.
        asked = {key for key, was in own.items() if was is None or was[0] > told[key].first_at}
    else:
        earliest = min((told[key].first_day for key in own), default=until)
        first = min(periods.number_of(day, rule.per) for day in (earliest, until))
        since = periods.first_of(first - rule.consecutive, rule.per)
        events, asked = events.filter(events.day >= since), set(own)
        own = {key: (was[0], False) if was else None for key, was in own.items()}
    if asked:
        some = events if len(asked) == len(told) else log.only(events, sorted(asked))
        _complete(engine, sets.completions(some, rule=rule, until=until), each, found)
    for key, was in own.items():
        now = found.completed[key].get(each.pk)
        if was is not None:
            found.completed[key][each.pk] = was if now is None else (min(was[0], now[0]), now[1])


def _complete(engine: Engine, done: ibis.Table, each: BehaviourSet, found: Found) -> None:
    for key, first_at, met in rows(engine, done, "customer_id", "first_at", "met"):
        if key in found.completed:
            found.completed[key][each.pk] = (first_at, met)


def _rows(told: pa.Table, place: Mapping[str, int], column: str = "customer_id") -> Whole:
    """The place of each row's key; -1 of a key that has none."""
    import pyarrow as pa

    column_ = told.column(column).combine_chunks().dictionary_encode()
    if isinstance(column_, pa.ChunkedArray):
        column_ = column_.unify_dictionaries().combine_chunks()
    places = np.array([place.get(key, -1) for key in column_.dictionary.to_pylist()], np.int64)
    return places[column_.indices.to_numpy()] if len(column_) else _none()
