"""The windows of customers of whom nothing new is known move with the days, as long as anything is in them.

What their people did is remembered day by day (`Pulse`), so that the log is not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Model
from msgspec.json import decode, encode

from arbiter.accounts.actions import signals as numbers
from arbiter.foundation import bulk
from arbiter.usage.actions import counted
from arbiter.usage.models import Feature, FeatureStanding, Pulse, UsageStanding
from arbiter.usage.queries import rows
from arbiter.usage.queries.rows import Frame
from arbiter.usage.rules import pulse
from arbiter.usage.rules.pulse import Figures, Uses
from arbiter.usage.rules.signals import Told

AT_ONCE = 10_000
FEATURE = ("users", "events", "active_days", "events_before")


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
    columns: dict[str, Sequence[Any]] = {**told.columns, "seats": [seats.get(pk) for pk in ids]}
    columns["adoption"] = list(map(rows.adoption, columns["users_28d"], columns["seats"]))
    columns["weekly"] = _texts(columns["weekly"])
    is_active, told_before = _told(ids)
    now = rows.numbers(columns, is_active=is_active)
    is_news, remembered = told_before.news(now, frame.until)
    kept = remembered.kept()
    columns["told"] = _texts(told_numbers for told_numbers, _ in kept)
    columns["told_on"] = [_day(on) for _, on in kept]
    columns["until"] = [_day(frame.until)] * len(ids)
    columns["as_of"] = [connection.ops.adapt_datetimefield_value(frame.as_of)] * len(ids)
    bulk.update(UsageStanding, columns, ids, by="customer_id")
    numbers.write(counted.news(ids, now, is_news, frame), recorded_at=frame.as_of)


def _told(ids: Sequence[int]) -> tuple[list[bool], Told]:
    """Who of some customers was ever active, and what was told of each, in their order."""
    found = _of(ids, UsageStanding, "customer_id", "first_at", "told", "told_on")
    assert len(found) == len(ids), "Who is remembered has a row."
    told = Told.of([decode(row[2]) for row in found], bulk.day_numbers([row[3] for row in found]))
    return [row[1] is not None for row in found], told


def _of(ids: Sequence[int], kind: type[Model], *fields: str) -> list[tuple[Any, ...]]:
    """Rows of some customers in their order, as they are kept; the first field is the customer's number.

    They are most of those between the first and the last: a list of thousands of numbers would take longer.
    """
    between = {f"{fields[0]}__gte": ids[0], f"{fields[0]}__lte": ids[-1]}
    found = kind._default_manager.filter(**between).order_by(fields[0])
    wanted = set(ids)
    return [row for row in bulk.rows(found, *fields) if row[0] in wanted]


def _figures(ids: Sequence[int], until: date, features: int) -> Figures:
    """The figures of some customers, in their order; those that are not remembered did nothing ever."""
    counts = np.zeros((len(ids), pulse.width(features)), np.int32)
    total = np.zeros(len(ids), np.int64)
    began = np.full(len(ids), until.toordinal())
    fields = ("customer_id", "until", "began_on", "total", "counts")
    told = list(zip(*_of(ids, Pulse, *fields), strict=True))
    if told:
        which = np.searchsorted(np.array(ids), np.array(told[0]))
        days = until.toordinal() - bulk.day_numbers(told[1])
        counts[which] = pulse.moved(pulse.unpacked(map(bytes, told[4]), features), days)
        total[which] = told[3]
        began[which] = bulk.day_numbers(told[2])
    return pulse.figures(counts, total=total, began=began, until=until)


def _move_features(ids: Sequence[int], uses: Uses, features: Sequence[Feature]) -> None:
    """Write what has changed in the use of features, and take out what was not used in eight weeks."""
    fields = ("customer_id", "pk", "feature_id", *FEATURE)
    told = np.array(_of(ids, FeatureStanding, *fields), np.int64)
    if not len(told):
        return
    customer = np.searchsorted(np.array(ids), told[:, 0])
    places = {feature.pk: place for place, feature in enumerate(features)}
    feature = np.array([places[pk] for pk in told[:, 2].tolist()])
    now = np.stack([getattr(uses, name)[customer, feature] for name in FEATURE], axis=1)
    gone = uses.last[customer, feature] >= 2 * pulse.WINDOW
    changed = (now != told[:, 3:]).any(axis=1) & ~gone
    FeatureStanding.objects.filter(pk__in=told[gone, 1].tolist()).delete()
    columns = {name: now[changed, place].tolist() for place, name in enumerate(FEATURE)}
    bulk.update(FeatureStanding, columns, told[changed, 1].tolist())


def _texts(values: Iterable[Any]) -> list[str]:
    return [encode(value).decode() for value in values]


def _day(day: date | None) -> Any:
    return connection.ops.adapt_datefield_value(day)
