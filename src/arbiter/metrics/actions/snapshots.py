"""Measures are stored, each with the names behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from arbiter.metrics.measures.measure import Listed
from arbiter.metrics.models import MeasureSnapshot, NameList
from arbiter.metrics.packing import packed
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.queries import measuring
from arbiter.metrics.queries.measuring import Measured
from arbiter.metrics.rules import EVERYBODY

COMPARED = (
    "method", "currency", "value", "low", "high", "n", "effective_n", "count", "note", "details",
)  # fmt: skip


@transaction.atomic
def store(picture: Picture, *, at: datetime) -> int:
    """Measure everybody and each segment and store what came out; return how many rows are new.

    What came out as before is not stored again; what differs gets a later version; what nobody belongs to
    any more, as a segment that is gone, is forgotten. Silent in the journal: a measure is arithmetic on facts
    that are in it.

    Args:
        picture: the company as it was known at a moment.
        at: now.
    """
    measured = list(measuring.of(picture, segments=True)) if len(picture) else []
    _forget_all_but(measured, picture.as_of)
    fresh = _snapshots(measured, picture.as_of, at)
    lists = _lists(measured, picture)
    MeasureSnapshot.objects.bulk_create(fresh, batch_size=500)
    NameList.objects.bulk_create(lists, batch_size=100)
    return len(fresh)


def prune(*, keep: Iterable[datetime], before: datetime) -> int:
    """Delete what was measured before a moment, but for the moments to keep (month-ends); return how many."""
    old = {"as_of__lt": before}
    kept = list(keep)
    gone, _ = MeasureSnapshot.objects.filter(**old).exclude(as_of__in=kept).delete()
    NameList.objects.filter(**old).exclude(as_of__in=kept).delete()
    return gone


def _forget_all_but(measured: Sequence[Measured], as_of: datetime) -> None:
    told = {(each.measure.name, each.scope) for each in measured}
    rows = MeasureSnapshot.objects.filter(as_of=as_of)
    gone = set(rows.values_list("measure", "scope")) - told
    for scope in {scope for _, scope in gone}:
        names = [name for name, other in gone if other == scope]
        rows.filter(scope=scope, measure__in=names).delete()
    parts = {(each.measure.name, part) for each in measured for part in each.found.behind}
    lists = NameList.objects.filter(as_of=as_of)
    for name, part in set(lists.values_list("measure", "part")) - parts:
        lists.filter(measure=name, part=part).delete()


def _snapshots(
    measured: Iterable[Measured], as_of: datetime, at: datetime
) -> list[MeasureSnapshot]:
    stored = {
        (row.measure, row.scope): row
        for row in MeasureSnapshot.objects.filter(as_of=as_of).order_by("version")
    }
    fresh = []
    for each in measured:
        row = _row(each, at)
        before = stored.get((row.measure, row.scope))
        if before is None or _differ(before, row):
            row.version = before.version + 1 if before else 1
            fresh.append(row)
    return fresh


def _row(each: Measured, at: datetime) -> MeasureSnapshot:
    estimate = each.found.estimate
    return MeasureSnapshot(
        measure=each.measure.name,
        as_of=each.as_of,
        scope=each.scope,
        method=each.measure.method,
        currency=each.found.currency,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        effective_n=estimate.effective_n,
        count=each.found.count,
        note=estimate.note,
        details=dict(each.found.details),
        computed_at=at,
    )


def _differ(before: MeasureSnapshot, now: MeasureSnapshot) -> bool:
    return any(not _alike(getattr(before, name), getattr(now, name)) for name in COMPARED)


def _alike(before: Any, now: Any) -> bool:
    """Whether two values are the same, but for the last digits of a number."""
    if isinstance(before, float | int) and isinstance(now, float | int):
        return abs(before - now) <= 1e-9 * max(1.0, abs(before), abs(now))
    if isinstance(before, dict) and isinstance(now, dict):
        return before.keys() == now.keys() and all(_alike(before[key], now[key]) for key in now)
    if isinstance(before, list | tuple) and isinstance(now, list | tuple):
        return len(before) == len(now) and all(map(_alike, before, now))
    return bool(before == now)


def _lists(measured: Iterable[Measured], picture: Picture) -> list[NameList]:
    stored = {
        (row.measure, row.part): row
        for row in NameList.objects.filter(as_of=picture.as_of).order_by("version")
    }
    fresh = []
    for each in measured:
        if each.scope != EVERYBODY:
            continue
        for part, names in each.found.behind.items():
            before = stored.get((each.measure.name, part))
            row = _list(each, part, names, picture)
            if before is None or bytes(before.packed) != row.packed:
                row.version = before.version + 1 if before else 1
                fresh.append(row)
    return fresh


def _list(each: Measured, part: str, names: Listed, picture: Picture) -> NameList:
    return NameList(
        measure=each.measure.name,
        part=part,
        as_of=each.as_of,
        customers=len(names.customer),
        packed=packed(picture.ids[names.customer], names.value),
    )
