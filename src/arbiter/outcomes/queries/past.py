"""What is on file about the goals of many customers, read once, from which any moment up to it can be told.

One moment needs only the newest row of each kind, and the database picks it. Many moments need all of them:
a look back at five thousand renewals would otherwise be fifteen thousand reads. What stood at a moment is
picked from either by the same code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.db.models import Q, QuerySet

from arbiter.outcomes.models import Awareness, Goal, Result, Revision, Verdict
from arbiter.outcomes.queries import known
from arbiter.outcomes.queries.brief import Agreed, Judged, Measured, Stated, Told

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer


class Dated(Protocol):
    """A row that was true at one moment and known from another on."""

    @property
    def at(self) -> datetime:
        """When it was true."""

    @property
    def recorded_at(self) -> datetime:
        """When we learnt it."""


Row = TypeVar("Row", bound=Dated)


@dataclass(frozen=True)
class Picked:
    """What stood of one goal at a moment: the newest of each kind."""

    agreed: Agreed | None
    measured: Mapping[str, Measured]
    judged: tuple[Judged, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Past:
    """Goals by customer and their rows by goal, each the oldest first.

    `whole` says whether every row is there, or only those that stood at the one moment it was read for.
    """

    whole: bool
    stated: Mapping[int, list[Stated]]
    agreed: Mapping[int, list[Agreed]]
    measured: Mapping[int, list[Measured]]
    judged: Mapping[int, list[Judged]]
    told: Mapping[int, list[Told]]

    def standing(self, customer_ids: Iterable[int], *, as_of: datetime) -> list[Stated]:
        """The goals that stood at a moment: stated and known by then, and not retired."""
        return [
            goal
            for customer_id in customer_ids
            for goal in self.stated.get(customer_id, ())
            if goal.at <= as_of
            and goal.recorded_at <= as_of
            and (goal.retired_at is None or goal.retired_at > as_of)
        ]

    def picked(self, goal_id: int, *, as_of: datetime) -> Picked:
        """What stood of a goal at a moment."""
        agreed = _newest(self.agreed.get(goal_id, ()), _one, as_of)
        judged = _newest(self.judged.get(goal_id, ()), _judge, as_of)
        told = _newest(self.told.get(goal_id, ()), _hearer, as_of)
        return Picked(
            agreed=agreed.get(()),
            measured=_newest(self.measured.get(goal_id, ()), _measure, as_of),
            judged=tuple(sorted(judged.values(), key=_at_and_number, reverse=True)),
            told=tuple(sorted(told.values(), key=_at_and_number)),
        )

    def values(
        self, goal_ids: Collection[int], *, as_of: datetime
    ) -> dict[int, dict[datetime, Decimal]]:
        """Every value of some goals' own measures by its moment, the oldest first; a correction replaces."""
        if not self.whole:
            return _values(goal_ids, as_of)
        return {goal_id: self._story(goal_id, as_of) for goal_id in goal_ids}

    def _story(self, goal_id: int, as_of: datetime) -> dict[datetime, Decimal]:
        return {
            row.at: row.value
            for row in self.measured.get(goal_id, ())
            if not row.measure and row.at <= as_of and row.recorded_at <= as_of
        }


def of_customers(
    customer_ids: Collection[int] | QuerySet[Customer], *, until: datetime, whole: bool
) -> Past:
    """Read what is on file about the goals of some thousand customers: five queries.

    Args:
        customer_ids: whose goals.
        until: only what was true and recorded by then.
        whole: every row, from which any moment up to `until` can be told, or only those that stood then.
    """
    goals = known.by(Goal.objects.filter(customer__in=customer_ids), until)
    if not whole:
        goals = goals.filter(Q(retired_at=None) | Q(retired_at__gt=until))
    reading = _Reading(goals, until, whole)
    return Past(
        whole=whole,
        stated=_grouped(_stated(goals), "customer_id"),
        agreed=reading.rows(Agreed, Revision.objects.all(), "goal_id"),
        measured=reading.rows(Measured, Result.objects.all(), "goal_id", "measure"),
        judged=reading.rows(Judged, Verdict.objects.filter(flagged=False), "goal_id", "contact_id"),
        told=reading.rows(Told, Awareness.objects.all(), "goal_id", "contact_id", "state"),
    )


@dataclass(frozen=True)
class _Reading:
    """How rows about some goals are read: one query each."""

    goals: QuerySet[Goal]
    until: datetime
    whole: bool

    def rows(self, shape: Any, nouns: QuerySet[Any], *per: str) -> dict[int, list[Any]]:
        """The rows by goal, the oldest first; only the newest for each value of some columns unless whole."""
        found = known.by(nouns.filter(goal__in=self.goals.values("pk")), self.until)
        if self.whole:
            found = found.order_by("at", "recorded_at", "pk")
        else:
            found = known.newest(found, *per)
        columns = (name.replace("contact_", "contact__", 1) for name in shape._fields)
        paths = [_PATHS.get(name, name) for name in columns]
        return _grouped(map(shape._make, found.values_list(*paths)), "goal_id")


_PATHS = {"contact__id": "contact_id"}


def _stated(goals: QuerySet[Goal]) -> Iterable[Stated]:
    paths = {"stated_by_name": "stated_by__name", "customer_stage": "customer__stage"}
    columns = [paths.get(name, name) for name in Stated._fields]
    return map(Stated._make, goals.order_by("pk").values_list(*columns))


def _grouped(rows: Iterable[Any], by: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return dict(found)


def _values(goal_ids: Collection[int], as_of: datetime) -> dict[int, dict[datetime, Decimal]]:
    rows = known.by(Result.objects.filter(goal__in=goal_ids, measure=""), as_of)
    found: dict[int, dict[datetime, Decimal]] = defaultdict(dict)
    ordered = rows.order_by("at", "recorded_at", "pk")
    for goal, at, value in ordered.values_list("goal_id", "at", "value"):
        found[goal][at] = value
    return found


def _newest(rows: Iterable[Row], key: Callable[[Row], Hashable], as_of: datetime) -> dict[Any, Row]:
    """The last of the rows known at a moment for each key; they are given the oldest first."""
    return {key(row): row for row in rows if row.at <= as_of and row.recorded_at <= as_of}


def _one(row: Agreed) -> Hashable:
    return ()


def _measure(row: Measured) -> Hashable:
    return row.measure


def _judge(row: Judged) -> Hashable:
    return row.contact_id


def _hearer(row: Told) -> Hashable:
    return row.contact_id, row.state


def _at_and_number(row: Judged | Told) -> tuple[datetime, int]:
    return row.at, row.pk
