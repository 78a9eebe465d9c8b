"""Counting the usage of many customers at once: from the log to one plain record a customer.

What only lately happened is counted from the last weeks of the log alone. What needs all of a customer's past is
asked of those customers only of whom anything new is known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis

    from arbiter.usage.engines.engine import Engine
    from arbiter.usage.models import BehaviourSet, Feature

WEEKS = 12


@dataclass(slots=True)
class Use:
    """What was done with a feature."""

    users: int
    events: int
    active_days: int
    events_before: int
    last_on: date


@dataclass(slots=True)
class Counted:
    """What a customer's people did. Without events in the time looked at a field keeps its usual value.

    `span` and `completed` are None where the customer's whole past was not asked for.
    """

    lately: tuple[int, int, int, int] = (0, 0, 0, 0)
    weekly: list[int] = field(default_factory=lambda: [0] * WEEKS)
    uses: dict[int, Use] = field(default_factory=dict)
    frequency: float | None = None
    trend: tuple[float | None, float | None, float | None, int] = (None, None, None, 0)
    people: tuple[int, int, int] = (0, 0, 0)
    span: tuple[datetime | None, datetime | None] | None = None
    completed: dict[int, tuple[datetime, bool]] | None = None


Found = dict[str, Counted]
Tick = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What to count: of whom, up to which day, with which features and sets."""

    until: date
    features: Sequence[Feature]
    sets: Sequence[BehaviourSet]

    @property
    def steps(self) -> int:
        """How many questions the log is asked about a group of customers."""
        return 6 + len(self.sets)


def count(
    engine: Engine,
    events: ibis.Table,
    wanted: Wanted,
    *,
    keys: Collection[str] | None,
    news: Collection[str] | None,
    tick: Tick,
) -> Found:
    """Return what some customers did, by their keys; who did nothing has no record.

    Args:
        engine: what runs the expressions.
        events: what is known of events, as of a moment.
        wanted: what to count.
        keys: of whom; None for all.
        news: of whom anything new is known, so that their whole past is asked for; None for all.
        tick: told of each step.
    """
    found: Found = {}
    some = _of_some(engine, events, keys)
    told = some if news == keys else _of_some(engine, events, news)
    _lately(engine, some, wanted, found, tick)
    if news is None or news:
        _whole(engine, told, wanted, found, tick)
    return found


def _of_some(engine: Engine, events: ibis.Table, keys: Collection[str] | None) -> ibis.Table:
    """The events of some customers; of few they are set aside, so that the log is read once for all questions."""
    from arbiter.usage.expressions import events as log

    if keys is None:
        return events
    some = log.only(events, sorted(keys))
    if len(keys) > log.FEW:
        return some
    return engine.kept(some.select("customer_id", "user_id", "kind", "event", "at", "day"))


def changed(engine: Engine, as_of: datetime, since: datetime) -> set[str]:
    """Return the customers of whom anything was learnt after a moment, by their keys."""
    from arbiter.usage.expressions import events as log

    found = log.changed(
        engine.events(as_of),
        engine.memberships(as_of),
        engine.aliases(as_of),
        since=since,
    )
    return {key for (key,) in rows(engine, found, "customer_id")}


def _lately(engine: Engine, events: ibis.Table, wanted: Wanted, found: Found, tick: Tick) -> None:
    from arbiter.usage.expressions import activity, brief, lifecycle, trend

    until = wanted.until
    lately = ("users_1d", "users_7d", "users_28d", "events_28d")
    for key, *counts in rows(engine, brief.lately(events, until=until), "customer_id", *lately):
        _of(found, key).lately = tuple(counts)
    tick("Counted who was there")
    weeks = brief.weeks(events, until=until, weeks=WEEKS)
    for key, back, times in rows(engine, weeks, "customer_id", "back", "events"):
        _of(found, key).weekly[WEEKS - 1 - back] = times
    tick("Counted the weeks")
    habit = activity.stickiness(events, until=until)
    for key, share in rows(engine, habit, "customer_id", "stickiness"):
        _of(found, key).frequency = share
    tick("Counted how often")
    line = trend.weekly(events, until=until, weeks=WEEKS)
    for key, *fitted in rows(engine, line, "customer_id", "slope", "low", "high", "weeks"):
        _of(found, key).trend = tuple(fitted)
    tick("Looked where it goes")
    lives = lifecycle.counts(events, until=until)
    for key, *people in rows(engine, lives, "customer_id", "new", "returning", "dormant"):
        _of(found, key).people = tuple(people)
    tick("Counted who came and went")
    _uses(engine, events, wanted, found)
    tick("Counted the features")


def _uses(engine: Engine, events: ibis.Table, wanted: Wanted, found: Found) -> None:
    from arbiter.usage.expressions import brief

    if not wanted.features:
        return
    features = {str(feature.pk): feature.events for feature in wanted.features}
    used = brief.uses(events, features=features, until=wanted.until)
    columns = ("users", "events", "active_days", "events_before", "last_on")
    for key, feature, *counts in rows(engine, used, "customer_id", "feature", *columns):
        _of(found, key).uses[int(feature)] = Use(*counts)


def _whole(engine: Engine, events: ibis.Table, wanted: Wanted, found: Found, tick: Tick) -> None:
    from arbiter.usage.expressions import brief, sets

    spans = brief.spans(events, until=wanted.until)
    for key, first_at, last_at in rows(engine, spans, "customer_id", "first_at", "last_at"):
        told = _of(found, key)
        told.span, told.completed = (first_at, last_at), {}
    for each in wanted.sets:
        done = sets.completions(events, rule=rule_of(each), until=wanted.until)
        for key, first_at, met in rows(engine, done, "customer_id", "first_at", "met"):
            completed = _of(found, key).completed
            assert completed is not None, "who completed a set has a span"
            completed[each.pk] = (first_at, met)
        tick(f"Looked who did “{each.name}”")


def rule_of(found: BehaviourSet) -> Any:
    """Return the rule of a set as the expressions take it."""
    return rule(found.rule)


def rule(told: Any) -> Any:
    """Return a rule in plain words as the expressions take it."""
    import msgspec

    from arbiter.usage.expressions.rules import Rule

    return msgspec.convert(told, Rule)


def _of(found: Found, key: str) -> Counted:
    if key not in found:
        found[key] = Counted()
    return found[key]


def rows(engine: Engine, asked: ibis.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Run an expression and give its rows as plain tuples, column by column."""
    table = engine.run(asked)
    return zip(*(table.column(name).to_pylist() for name in columns), strict=True)
