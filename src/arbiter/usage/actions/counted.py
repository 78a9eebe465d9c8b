"""What was counted of customers from the log is written: their rows, what is remembered of them, and signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

import numpy as np
from django.db import transaction

from arbiter.accounts.actions import signals as numbers
from arbiter.accounts.actions.signals import Number
from arbiter.usage.models import (
    BehaviourSet,
    Completion,
    Feature,
    FeatureStanding,
    Pulse,
    UsageStanding,
)
from arbiter.usage.queries import counting, rows
from arbiter.usage.queries.counting import Completed, Done, Found, Met, Past
from arbiter.usage.queries.rows import Frame, Who
from arbiter.usage.rules import pulse, signals
from arbiter.usage.rules.signals import NAMES, Told

PULSES_AT_ONCE = 500


def remembered(group: Sequence[Who]) -> dict[str, Past]:
    """Return who was seen since when at some customers, by their keys; of those never active nothing."""
    ids = [who.pk for who in group]
    spans = UsageStanding.objects.filter(pk__in=ids).exclude(first_at=None)
    stored = {
        pk: (first_at, last_at)
        for pk, first_at, last_at in spans.values_list("customer_id", "first_at", "last_at")
        if first_at and last_at
    }
    kept = Pulse.objects.filter(pk__in=stored).values_list("customer_id", "people", "began_on")
    keys = {who.pk: who.key for who in group}
    return {
        keys[pk]: Past(np.frombuffer(bytes(people), pulse.PERSON), *stored[pk], began_on)
        for pk, people, began_on in kept
    }


def met(group: Sequence[Who], sets: Sequence[BehaviourSet]) -> dict[str, Met]:
    """Return which of the sets that are for them some customers had completed, by their keys."""
    completed: dict[int, Completed] = {who.pk: {} for who in group}
    done = Completion.objects.filter(customer__in=completed, behaviour_set__in=sets)
    for pk, found, *told in done.values_list("customer_id", "behaviour_set_id", *Done._fields):
        completed[pk][found] = Done(*told)
    return {who.key: Met(completed[who.pk], rows.fitting(who, sets)) for who in group}


@transaction.atomic
def drop_met(sets: Sequence[BehaviourSet], until: date) -> None:
    """Note who keeps up a set with periods no more, now that others have begun."""
    for each in sets:
        last = counting.last_that_holds(each, until)
        if last is not None:
            kept = Completion.objects.filter(behaviour_set=each, met=True)
            kept.filter(last__lt=last).update(met=False)


@transaction.atomic
def write(
    group: Sequence[Who],
    found: Found,
    frame: Frame,
    features: Sequence[Feature],
    seats: Mapping[int, int],
) -> None:
    """Write what was counted of some customers in the place of what stood of them."""
    ids = [who.pk for who in group]
    pasts = [found.past.get(who.key) for who in group]
    for row, past in enumerate(pasts):
        if past is not None:
            newest = pulse.coming(past.people, frame.until)
            found.counts[row, pulse.COMING : pulse.LEAVING] = newest
    told = pulse.figures(
        found.counts,
        total=np.array([len(past.people) if past else 0 for past in pasts], np.int64),
        began=np.array([_began(past, frame.until) for past in pasts], np.int64),
        until=frame.until,
    )
    standing = []
    for who, past, *values in zip(group, pasts, *told.columns.values(), strict=True):
        named = dict(zip(told.columns, values, strict=True))
        named["seats"] = seats.get(who.pk)
        named["adoption"] = rows.adoption(named["users_28d"], named["seats"])
        standing.append(rows.standing(who, named, past, found.completed[who.key], frame))
    _tell(standing, frame)
    _forget(ids)
    UsageStanding.objects.bulk_create(standing, batch_size=1_000)
    used = rows.feature_rows(ids, told.uses, features, frame.until)
    FeatureStanding.objects.bulk_create(used, batch_size=2_000)
    done = [
        each for who in group for each in rows.completion_rows(who, found.completed[who.key], frame)
    ]
    Completion.objects.bulk_create(done, batch_size=2_000)
    _remember(group, found, frame.until)


def moment(frame: Frame) -> datetime:
    """Return when the numbers are true: at the end of their day, or now where it is not over."""
    return min(datetime.combine(frame.until, time.max, UTC), frame.as_of)


def _began(past: Past | None, until: date) -> int:
    return (past.first_day if past else until).toordinal()


def _tell(standing: Sequence[UsageStanding], frame: Frame) -> None:
    """Write signals of what is news in some rows; the rows remember them."""
    ids = [row.customer_id for row in standing]
    before = UsageStanding.objects.filter(pk__in=ids)
    kept = {pk: (told, on) for pk, told, on in before.values_list("customer_id", "told", "told_on")}
    columns = {
        name: [getattr(row, name) for row in standing]
        for name in ("users_28d", "events_28d", "adoption", "breadth", "trend")
    }
    now = rows.numbers(columns, is_active=[row.first_at is not None for row in standing])
    told_before = [kept.get(pk, ({}, None)) for pk in ids]
    days = np.array([on.toordinal() if on else 0 for _, on in told_before], np.int64)
    was = Told.of([told for told, _ in told_before], days)
    is_news, told = was.news(now, frame.until)
    for row, (told_numbers, told_on) in zip(standing, told.kept(), strict=True):
        row.told, row.told_on = told_numbers, told_on
    numbers.write(news(ids, now, is_news, frame), recorded_at=frame.as_of)


def news(
    ids: Sequence[int], now: signals.Numbers, is_news: signals.Flags, frame: Frame
) -> list[Number]:
    """Return the signals to write of some customers."""
    at = moment(frame)
    which, names = (each.tolist() for each in np.nonzero(is_news))
    return [
        Number(ids[row], NAMES[name], at, value)
        for row, name, value in zip(which, names, now[is_news].tolist(), strict=True)
    ]


def _forget(ids: Sequence[int]) -> None:
    UsageStanding.objects.filter(pk__in=ids).delete()
    Pulse.objects.filter(pk__in=ids).delete()
    FeatureStanding.objects.filter(customer__in=ids).delete()
    Completion.objects.filter(customer__in=ids).delete()


def _remember(group: Sequence[Who], found: Found, until: date) -> None:
    counts = (
        Pulse(
            customer_id=who.pk,
            until=until,
            began_on=past.first_day,
            last_on=past.last_at.date(),
            total=len(past.people),
            counts=pulse.packed(found.counts[found.place[who.key]]),
            people=past.people.tobytes(),
        )
        for who in group
        for past in [found.past.get(who.key)]
        if past is not None
    )
    Pulse.objects.bulk_create(counts, batch_size=PULSES_AT_ONCE)
