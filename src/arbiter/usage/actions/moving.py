"""The windows of customers of whom nothing new is known move with the days; only what changed by it is written.

What their people did is remembered day by day (`Pulse`), so that the log is not read.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction

from arbiter.accounts.actions import signals as numbers
from arbiter.accounts.actions.signals import Number
from arbiter.foundation import bulk
from arbiter.usage.actions.counted import moment
from arbiter.usage.models import Feature, FeatureStanding, Pulse, UsageStanding
from arbiter.usage.queries import rows
from arbiter.usage.queries.rows import Frame
from arbiter.usage.rules import pulse
from arbiter.usage.rules.pulse import Figures, Uses
from arbiter.usage.rules.signals import Told

AT_ONCE = 5_000
FEATURE = ("users", "events", "active_days", "events_before")
Row = tuple[int, dict[str, Any], Told]


def move(
    frame: Frame,
    since: date,
    features: Sequence[Feature],
    seats: Mapping[int, int],
    *,
    reseated: Collection[int],
    but: Collection[int],
) -> int:
    """Bring customers up to a day by what is remembered of them, and return how many might have changed.

    Args:
        frame: the day, and the moment of counting.
        since: the day up to which they were counted.
        features: those in each pulse, in their order.
        seats: the seats of each customer.
        reseated: who has other seats than its row says.
        but: who was counted from the log just now.
    """
    ids = set(reseated)
    if frame.until != since:
        lately = Pulse.objects.filter(last_on__gte=since - timedelta(days=pulse.DAYS))
        ids.update(lately.values_list("customer_id", flat=True))
    found = sorted(ids.difference(but))
    for start in range(0, len(found), AT_ONCE):
        _move(found[start : start + AT_ONCE], frame, features, seats)
    return len(found)


@transaction.atomic
def _move(
    ids: Sequence[int], frame: Frame, features: Sequence[Feature], seats: Mapping[int, int]
) -> None:
    told = _figures(ids, frame.until, len(features))
    _move_features(ids, told.uses, features)
    fields = (*told.columns, "seats", "adoption")
    stored = UsageStanding.objects.filter(pk__in=ids)
    before = {
        row[0]: row[1:]
        for row in stored.values_list("customer_id", "first_at", "told", "told_on", *fields)
    }
    changed: list[Row] = []
    news: list[Number] = []
    for pk, *values in zip(ids, *told.columns.values(), strict=True):
        now = dict(zip(told.columns, values, strict=True)) | {"seats": seats.get(pk)}
        now["adoption"] = rows.adoption(now["users_28d"], now["seats"])
        (
            first_at,
            *kept,
        ) = before[pk]
        was = Told(*kept[:2])
        said = rows.numbers(now) if first_at is not None else {}
        tell, remembered = was.and_(said, frame.until)
        news += [Number(pk, name, moment(frame), value) for name, value in tell.items()]
        if tell or tuple(now[name] for name in fields) != tuple(kept[2:]):
            changed.append((pk, now, remembered))
    _write(changed, fields, frame)
    numbers.write(news, recorded_at=frame.as_of)


def _figures(ids: Sequence[int], until: date, features: int) -> Figures:
    """The figures of some customers, in their order; those that are not remembered did nothing ever."""
    place = {pk: row for row, pk in enumerate(ids)}
    counts = np.zeros((len(ids), pulse.width(features)), np.int64)
    total = np.zeros(len(ids), np.int64)
    began = np.full(len(ids), until.toordinal())
    kept = Pulse.objects.filter(pk__in=ids)
    columns = ("customer_id", "until", "began_on", "total", "counts")
    told = list(zip(*kept.values_list(*columns), strict=True))
    if told:
        which = np.array([place[pk] for pk in told[0]])
        days = np.array([(until - day).days for day in told[1]])
        counts[which] = pulse.moved(pulse.unpacked(map(bytes, told[4]), features), days)
        total[which] = told[3]
        began[which] = [day.toordinal() for day in told[2]]
    return pulse.figures(counts, total=total, began=began, until=until)


def _move_features(ids: Sequence[int], uses: Uses, features: Sequence[Feature]) -> None:
    """Write what has changed in the use of features, and take out what was not used in eight weeks."""
    stored = FeatureStanding.objects.filter(customer__in=ids).order_by()
    told = np.array(list(stored.values_list("pk", "customer_id", "feature_id", *FEATURE)), np.int64)
    if not len(told):
        return
    customer = np.searchsorted(np.array(ids), told[:, 1])
    places = {feature.pk: place for place, feature in enumerate(features)}
    feature = np.array([places[pk] for pk in told[:, 2].tolist()])
    now = np.stack([getattr(uses, name)[customer, feature] for name in FEATURE], axis=1)
    gone = uses.last[customer, feature] >= 2 * pulse.WINDOW
    changed = (now != told[:, 3:]).any(axis=1) & ~gone
    FeatureStanding.objects.filter(pk__in=told[gone, 0].tolist()).delete()
    columns = {name: now[changed, place].tolist() for place, name in enumerate(FEATURE)}
    bulk.update(FeatureStanding, columns, told[changed, 0].tolist())


def _write(changed: Sequence[Row], fields: Sequence[str], frame: Frame) -> None:
    if not changed:
        return
    columns: dict[str, Sequence[Any]] = {
        name: [now[name] for _, now, _ in changed] for name in fields
    }
    columns["weekly"] = _texts(columns["weekly"])
    columns["told"] = _texts(dict(told.numbers) for _, _, told in changed)
    columns["told_on"] = [_day(told.on) for _, _, told in changed]
    columns["until"] = [_day(frame.until)] * len(changed)
    columns["as_of"] = [connection.ops.adapt_datetimefield_value(frame.as_of)] * len(changed)
    bulk.update(UsageStanding, columns, [pk for pk, _, _ in changed], by="customer_id")


def _texts(values: Iterable[Any]) -> list[str]:
    return [json.dumps(value) for value in values]


def _day(day: date | None) -> Any:
    return connection.ops.adapt_datefield_value(day)
