"""Stored measures. Pages read these and never compute: a few small queries for any number of customers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet

from arbiter.accounts.rules import day as utc_day
from arbiter.metrics.models import MeasureSnapshot
from arbiter.metrics.rules import EVERYBODY, end_of, in_order, month_ends, scope_label

TREND_MONTHS = 24
SPARK_MONTHS = 13


@dataclass(frozen=True)
class Scope:
    """Whose measures: everybody's, or a segment's."""

    key: str
    label: str


@dataclass(frozen=True)
class Figure:
    """A stored measure. Read as an estimate: `value`, `low`, `high`, `n`, `note`; `at` is its day."""

    name: str
    as_of: datetime
    scope: str
    currency: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    effective_n: float | None
    count: int | None
    note: str
    method: str
    version: int
    computed_at: datetime
    details: Mapping[str, Any]

    @property
    def day(self) -> date:
        """The day at whose end this was known."""
        return utc_day(self.as_of)

    @property
    def at(self) -> date:
        """The same, as a point of a trend."""
        return self.day


def newest_day() -> date | None:
    """The last day that was measured; None before the first time."""
    newest = MeasureSnapshot.objects.aggregate(newest=Max("as_of"))["newest"]
    return utc_day(newest) if newest else None


def day_for(wanted: date | None) -> date | None:
    """The last measured day that is not after a wanted one; the newest where none is wanted."""
    if wanted is None:
        return newest_day()
    by_then = MeasureSnapshot.objects.filter(as_of__lte=end_of(wanted))
    newest = by_then.aggregate(newest=Max("as_of"))["newest"]
    return utc_day(newest) if newest else None


def days(*, most: int = 400) -> list[date]:
    """The days that were measured, the newest first."""
    found = MeasureSnapshot.objects.filter(scope=EVERYBODY).values_list("as_of", flat=True)
    return [utc_day(as_of) for as_of in found.order_by("-as_of").distinct()[:most]]


def scopes(day: date) -> list[Scope]:
    """Whose measures were computed on a day: everybody's first."""
    found = MeasureSnapshot.objects.filter(as_of=end_of(day)).order_by()
    keys = found.values_list("scope", flat=True).distinct()
    return [Scope(key, scope_label(key)) for key in in_order(keys)]


def board(day: date, *, scope: str = EVERYBODY) -> dict[str, Figure]:
    """Every measure on a day: one query."""
    rows = MeasureSnapshot.objects.filter(as_of=end_of(day), scope=scope)
    return {figure.name: figure for figure in _latest(rows)}


def figure(name: str, day: date, *, scope: str = EVERYBODY) -> Figure | None:
    """One measure on a day; None where it was not computed."""
    rows = MeasureSnapshot.objects.filter(measure=name, as_of=end_of(day), scope=scope)
    return next(iter(_latest(rows)), None)


def by_scope(name: str, day: date) -> list[tuple[Scope, Figure]]:
    """One measure on a day of everybody and of each segment: one query."""
    rows = MeasureSnapshot.objects.filter(measure=name, as_of=end_of(day))
    found = {figure.scope: figure for figure in _latest(rows)}
    return [(Scope(key, scope_label(key)), found[key]) for key in in_order(found)]


def trend(
    name: str, *, scope: str = EVERYBODY, until: date | None = None, months: int = TREND_MONTHS
) -> list[Figure]:
    """One measure at the last month-ends and on the day itself, the oldest first."""
    return trends(names=[name], scope=scope, until=until, months=months).get(name, [])


def trends(
    *,
    names: Iterable[str] | None = None,
    scope: str = EVERYBODY,
    until: date | None = None,
    months: int = SPARK_MONTHS,
) -> dict[str, list[Figure]]:
    """Measures at the last month-ends and on the day itself, without their details: two queries."""
    last = day_for(until)
    if last is None:
        return {}
    moments = [end_of(day) for day in {*month_ends(last, months), last}]
    rows = MeasureSnapshot.objects.filter(as_of__in=moments, scope=scope).defer("details")
    if names is not None:
        rows = rows.filter(measure__in=list(names))
    found: dict[str, list[Figure]] = defaultdict(list)
    for each in sorted(_latest(rows, details=False), key=lambda figure: figure.as_of):
        found[each.name].append(each)
    return dict(found)


def _latest(rows: QuerySet[MeasureSnapshot], *, details: bool = True) -> list[Figure]:
    """The latest version of each; earlier ones are what a page has once shown."""
    found = {}
    for row in rows.order_by("version"):
        found[row.measure, row.scope, row.as_of] = _figure(row, details)
    return list(found.values())


def _figure(row: MeasureSnapshot, details: bool) -> Figure:
    return Figure(
        name=row.measure,
        as_of=row.as_of,
        scope=row.scope,
        currency=row.currency,
        value=row.value,
        low=row.low,
        high=row.high,
        n=row.n,
        effective_n=row.effective_n,
        count=row.count,
        note=row.note,
        method=row.method,
        version=row.version,
        computed_at=row.computed_at,
        details=row.details if details else {},
    )
