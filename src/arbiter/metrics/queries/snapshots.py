"""Stored measures. Pages read these and never compute: a few small queries for any number of customers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, Max, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

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


@dataclass(frozen=True)
class Told:
    """One measure on a day: its figure, its way there, and what it is of everybody and of each segment.

    Only the figure, which is the last point of the way, carries its details.
    """

    figure: Figure | None
    points: tuple[Figure, ...]
    by_scope: tuple[tuple[Scope, Figure], ...]


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
    return _scopes(found.values_list("scope", flat=True).distinct())


def newest() -> tuple[date, list[Scope]] | None:
    """The last day that was measured and whose measures were: one query; None before the first time."""
    last = MeasureSnapshot.objects.order_by("-as_of").values("as_of")[:1]
    found = MeasureSnapshot.objects.filter(as_of=last).order_by()
    moments = dict(found.values_list("scope", "as_of").distinct())
    return (utc_day(next(iter(moments.values()))), _scopes(moments)) if moments else None


def _scopes(keys: Iterable[str]) -> list[Scope]:
    return [Scope(key, scope_label(key)) for key in in_order(keys)]


def board(day: date, *, scope: str = EVERYBODY) -> dict[str, Figure]:
    """Every measure on a day: one query."""
    rows = MeasureSnapshot.objects.filter(as_of=end_of(day), scope=scope)
    return {figure.name: figure for figure in _latest(rows)}


def board_with_trends(
    day: date,
    *,
    names: Iterable[str] | None = None,
    scope: str = EVERYBODY,
    months: int = SPARK_MONTHS,
) -> tuple[dict[str, Figure], dict[str, list[Figure]]]:
    """Every measure on a measured day, and some or all of them on the way there: one query."""
    here = Q(as_of=end_of(day))
    rows = MeasureSnapshot.objects.filter(scope=scope)
    on_the_way = Q(as_of__in=_moments(day, months))
    if names is not None:
        on_the_way &= Q(measure__in=list(names))
    found = _latest(rows.filter(here | on_the_way), details=Case(When(here, then=F("details"))))
    ways: dict[str, list[Figure]] = defaultdict(list)
    for each in _in_time(found):
        ways[each.name].append(each)
    return {each.name: each for each in found if each.day == day}, dict(ways)


def figure(name: str, day: date, *, scope: str = EVERYBODY) -> Figure | None:
    """One measure on a day; None where it was not computed."""
    rows = MeasureSnapshot.objects.filter(measure=name, as_of=end_of(day), scope=scope)
    return next(iter(_latest(rows)), None)


def one(name: str, day: date, *, scope: str = EVERYBODY, months: int = TREND_MONTHS) -> Told:
    """One measure on a measured day with its way there and its segments: one query.

    Details can be long, so that those of the day and scope alone are read.
    """
    here = Q(as_of=end_of(day))
    on_the_way = Q(as_of__in=_moments(day, months), scope=scope)
    rows = MeasureSnapshot.objects.filter(here | on_the_way, measure=name)
    found = _latest(rows, details=Case(When(here, scope=scope, then=F("details"))))
    on_day = {each.scope: each for each in found if each.day == day}
    return Told(
        figure=on_day.get(scope),
        points=tuple(_in_time(each for each in found if each.scope == scope)),
        by_scope=tuple((each, on_day[each.key]) for each in _scopes(on_day)),
    )


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
    """Measures at the last month-ends and on the day itself, without their details: one query.

    Args:
        names: which measures; all of them where none are named.
        scope: everybody, or a segment.
        until: a measured day; the newest one where none is told, which costs one more query.
        months: how many month-ends.
    """
    last = until or newest_day()
    if last is None:
        return {}
    rows = MeasureSnapshot.objects.filter(as_of__in=_moments(last, months), scope=scope)
    if names is not None:
        rows = rows.filter(measure__in=list(names))
    found: dict[str, list[Figure]] = defaultdict(list)
    for each in _in_time(_latest(rows, details=None)):
        found[each.name].append(each)
    return dict(found)


def _moments(last: date, months: int) -> list[datetime]:
    return [end_of(day) for day in {*month_ends(last, months), last}]


def _in_time(figures: Iterable[Figure]) -> list[Figure]:
    return sorted(figures, key=lambda figure: figure.as_of)


_FIELDS = (
    *("measure", "as_of", "scope", "currency", "value", "low", "high", "n", "effective_n"),
    *("count", "note", "method", "version", "computed_at"),
)
"""Of a figure, in its order; its details, which may be long, are asked for apart."""


def _latest(
    rows: QuerySet[MeasureSnapshot], *, details: str | Combinable | None = "details"
) -> list[Figure]:
    """The latest version of each; earlier ones are what a page has once shown."""
    found = {}
    for row in rows.order_by("version").values_list(*_FIELDS, details or Value("")):
        figure = Figure(*(*row[:-1], row[-1] or {}))
        found[figure.name, figure.scope, figure.as_of] = figure
    return list(found.values())
