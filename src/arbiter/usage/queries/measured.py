"""The one door to measures of usage: a named measure of some customers, as it was known at a moment.

Nothing is stored here; each call counts anew, on the engine that the settings name. Who asks several things opens an
engine once and hands it to each: `with choice.configured() as counting: measured.active_users(…, engine=counting)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Required, TypedDict, Unpack

if TYPE_CHECKING:
    import ibis

    from arbiter.usage.engines.engine import Engine
    from arbiter.usage.expressions.dialects import Dialect
    from arbiter.usage.expressions.rules import Period, Rule
    from arbiter.usage.expressions.sums import How

WINDOW = 28
WEEKS = 12


class Which(TypedDict, total=False):
    """What every measure is asked with; see `run`."""

    as_of: Required[datetime]
    customers: Sequence[str] | None
    until: date | None
    engine: Engine | None


class ActiveUsers(NamedTuple):
    """How many people of a customer did anything."""

    customer_id: str
    users: int


class ActivePeriod(NamedTuple):
    """How many people of a customer did anything in a period, and how much; `period` is its first day."""

    customer_id: str
    period: date
    users: int
    events: int


class Habit(NamedTuple):
    """How many people of a customer come on a day, how many at all, and the one ÷ the other."""

    customer_id: str
    daily: float
    monthly: int
    stickiness: float


class FeatureUse(NamedTuple):
    """How much a customer used a feature."""

    customer_id: str
    feature: str
    users: int
    events: int
    active_days: int


class FirstValue(NamedTuple):
    """When a customer first did what shows value."""

    customer_id: str
    first_at: datetime


class Completed(NamedTuple):
    """When a customer first completed a behaviour set, with which period last, and whether it keeps it up."""

    customer_id: str
    first_at: datetime
    last: int | None
    met: bool


class Trend(NamedTuple):
    """The slope of a customer's weekly events in logarithms, its interval, and the weeks it rests on."""

    customer_id: str
    slope: float | None
    low: float | None
    high: float | None
    weeks: int


class PersonState(NamedTuple):
    """Whether a person is new, returning or dormant."""

    customer_id: str
    user_id: str
    state: Literal["new", "returning", "dormant"]


class PeopleByState(NamedTuple):
    """How many people of a customer are new, returning and dormant."""

    customer_id: str
    new: int
    returning: int
    dormant: int


class PropertyValue(NamedTuple):
    """A property's sum, count or largest value in a period; `period` is its first day."""

    customer_id: str
    period: date
    value: float


class OrderHistory(NamedTuple):
    """A buyer's past: repeats, days to the last order, days since the first, mean amount of a repeat."""

    customer_id: str
    frequency: int
    recency: int
    age: int
    value: float


class _Measure(NamedTuple):
    """What a named measure gives, and the expression that gives it from events, a day and options."""

    row: type[Any]
    expression: Callable[..., ibis.Table]


def names() -> list[str]:
    """Return the names of all measures."""
    return sorted(_measures())


def run(
    name: str,
    *,
    as_of: datetime,
    customers: Sequence[str] | None = None,
    until: date | None = None,
    engine: Engine | None = None,
    **options: Any,
) -> list[Any]:
    """Return the rows of a measure, in order of their keys.

    Args:
        name: one of `names`.
        as_of: what was recorded later does not count.
        customers: of whom, by their keys; None for all.
        until: the last day that counts. Default: the day of `as_of` in UTC.
        engine: an open engine; by default one is opened and closed again.
        options: what the expression of that name takes besides.

    Raises:
        KeyError: there is no measure of that name.
        TypeError: it takes no such option, or lacks one.
        ValueError: an option cannot be.
    """
    row = _measures()[name].row
    with _opened(engine) as counting:
        table = counting.run(_asked(counting, name, as_of, customers, until, options))
    keys = [(key, "ascending") for key in _KEYS if key in row._fields]
    ordered = table.sort_by(keys)
    columns = (ordered.column(field).to_pylist() for field in row._fields)
    return [row(*values) for values in zip(*columns, strict=True)]


class Explained(NamedTuple):
    """What an engine is asked, and how it would go about it."""

    sql: str
    plan: str


def explain(
    name: str,
    *,
    as_of: datetime,
    customers: Sequence[str] | None = None,
    until: date | None = None,
    engine: Engine | None = None,
    **options: Any,
) -> Explained:
    """Return the statement of a measure and the engine's plan for it; nothing is counted.

    Args:
        name: as for `run`, and so are the others.
    """
    with _opened(engine) as counting:
        asked = _asked(counting, name, as_of, customers, until, options)
        return Explained(counting.sql(asked), counting.plan(asked))


def sql(name: str, *, as_of: datetime, dialect: Dialect, **options: Any) -> str:
    """Return the statement of a measure over a table `events` in the words of any engine, to be run by hand there.

    Args:
        name: as for `run`, and so is `as_of`; `until` may be among the options.
        dialect: duckdb, postgres, pyspark or clickhouse.
    """
    import ibis

    from arbiter.usage.expressions import dialects, events

    until = options.pop("until", None) or _day(as_of)
    known = ibis.table(events.KNOWN, name="events").filter(ibis._.recorded_at <= as_of)
    return dialects.sql(
        _measures()[name].expression(known, until=until, **options), dialect=dialect
    )


def active_users(*, days: int = WINDOW, **which: Unpack[Which]) -> list[ActiveUsers]:
    """Return how many people of each customer did anything in so many days."""
    return run("active_users", days=days, **which)


def active_by_period(*, per: Period, since: date, **which: Unpack[Which]) -> list[ActivePeriod]:
    """Return how many people of each customer were active in each day, ISO week or month."""
    return run("active_by_period", per=per, since=since, **which)


def stickiness(*, days: int = WINDOW, **which: Unpack[Which]) -> list[Habit]:
    """Return the share of days on which those who use it at all use it."""
    return run("stickiness", days=days, **which)


def breadth(
    *, features: Mapping[str, Sequence[str]], days: int = WINDOW, **which: Unpack[Which]
) -> list[FeatureUse]:
    """Return for each customer and feature how much it was used in so many days."""
    return run("breadth", features=features, days=days, **which)


def first_value(*, rule: Rule, **which: Unpack[Which]) -> list[FirstValue]:
    """Return when each customer first did what shows value."""
    return run("first_value", rule=rule, **which)


def completions(*, rule: Rule, **which: Unpack[Which]) -> list[Completed]:
    """Return when each customer first completed a behaviour set, and whether it keeps it up."""
    return run("completions", rule=rule, **which)


def trend(*, weeks: int = WEEKS, **which: Unpack[Which]) -> list[Trend]:
    """Return the slope of each customer's weekly events with its interval."""
    return run("trend", weeks=weeks, **which)


def states(*, days: int = WINDOW, **which: Unpack[Which]) -> list[PersonState]:
    """Return whether each person is new, returning or dormant."""
    return run("states", days=days, **which)


def state_counts(*, days: int = WINDOW, **which: Unpack[Which]) -> list[PeopleByState]:
    """Return how many people of each customer are new, returning and dormant."""
    return run("state_counts", days=days, **which)


def property_per_period(
    *,
    event: str,
    property: str,  # noqa: A002  # the word of every client that sends one
    how: How = "sum",
    per: Period,
    since: date,
    **which: Unpack[Which],
) -> list[PropertyValue]:
    """Return the sum, the number or the largest of a property's values in each day, ISO week or month."""
    asked: dict[str, Any] = {"event": event, "property": property, "how": how, "per": per}
    return run("property_per_period", since=since, **asked, **which)


def orders(*, event: str, amount_property: str, **which: Unpack[Which]) -> list[OrderHistory]:
    """Return each buyer's history in four numbers."""
    return run("orders", event=event, amount_property=amount_property, **which)


_KEYS = ("customer_id", "user_id", "feature", "period")


@cache
def _measures() -> dict[str, _Measure]:
    from arbiter.usage.expressions import (
        activity,
        adoption,
        lifecycle,
        sets,
        sums,
        trend,
        value,
    )
    from arbiter.usage.expressions import (
        orders as buying,
    )

    return {
        "active_users": _Measure(ActiveUsers, activity.active_users),
        "active_by_period": _Measure(ActivePeriod, activity.active_by_period),
        "stickiness": _Measure(Habit, activity.stickiness),
        "breadth": _Measure(FeatureUse, adoption.breadth),
        "first_value": _Measure(FirstValue, value.first),
        "completions": _Measure(Completed, sets.completions),
        "trend": _Measure(Trend, trend.weekly),
        "states": _Measure(PersonState, lifecycle.states),
        "state_counts": _Measure(PeopleByState, lifecycle.counts),
        "property_per_period": _Measure(PropertyValue, sums.per_period),
        "orders": _Measure(OrderHistory, buying.summary),
    }


def _asked(
    engine: Engine,
    name: str,
    as_of: datetime,
    customers: Sequence[str] | None,
    until: date | None,
    options: Mapping[str, Any],
) -> ibis.Table:
    from arbiter.usage.expressions import events

    known = engine.events(as_of)
    some = known if customers is None else events.only(known, customers)
    return _measures()[name].expression(some, until=until or _day(as_of), **options)


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _opened(engine: Engine | None) -> AbstractContextManager[Engine]:
    if engine is not None:
        return nullcontext(engine)
    from arbiter.usage.engines.choice import configured

    return configured()
