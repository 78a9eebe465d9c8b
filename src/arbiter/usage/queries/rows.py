"""From what was counted of a customer to its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from arbiter.science.adoption import seat_adoption
from arbiter.usage.models import Completion, FeatureStanding, UsageStanding
from arbiter.usage.queries import behaviour_sets
from arbiter.usage.rules import signals

if TYPE_CHECKING:
    from arbiter.usage.models import BehaviourSet
    from arbiter.usage.queries.counting import Counted


@dataclass(frozen=True, slots=True)
class Who:
    """A customer as it is counted: its own key, and what decides which sets are its."""

    pk: int
    key: str
    segment: str
    stage: str


@dataclass(frozen=True)
class Frame:
    """What is the same for every row of a run."""

    until: date
    as_of: datetime
    features: int
    sets: Sequence[BehaviourSet]


def standing(
    who: Who, told: Counted, seats: int | None, before: UsageStanding | None, frame: Frame
) -> UsageStanding:
    """Return the row of a customer. What its whole past was not asked for stays as it was before."""
    one, seven, four, events = told.lately
    slope, low, high, weeks = told.trend
    new, returning, dormant = told.people
    row = UsageStanding(
        customer_id=who.pk,
        until=frame.until,
        as_of=frame.as_of,
        segment=who.segment,
        users_1d=one,
        users_7d=seven,
        users_28d=four,
        events_28d=events,
        seats=seats,
        adoption=seat_adoption(four, seats).value if seats else None,
        breadth=_breadth(told, frame),
        per_person=_per_person(told),
        frequency=told.frequency,
        trend=slope,
        trend_low=low,
        trend_high=high,
        trend_weeks=weeks,
        weekly=told.weekly,
        users_new=new,
        users_returning=returning,
        users_dormant=dormant,
    )
    if before is not None:
        row.told, row.told_on = before.told, before.told_on
    _place_in_time(row, who, told, before, frame)
    return row


def feature_rows(who: Who, told: Counted) -> list[FeatureStanding]:
    """Return what a customer did with each feature that it used in eight weeks."""
    return [
        FeatureStanding(
            customer_id=who.pk,
            feature_id=feature,
            users=use.users,
            events=use.events,
            active_days=use.active_days,
            events_before=use.events_before,
            last_on=use.last_on,
        )
        for feature, use in told.uses.items()
    ]


def completion_rows(who: Who, told: Counted, frame: Frame) -> list[Completion]:
    """Return the sets that a customer has completed, of those that are its."""
    own = [
        each.pk
        for each in frame.sets
        if behaviour_sets.fits(each, segment=who.segment, stage=who.stage)
    ]
    return [
        Completion(customer_id=who.pk, behaviour_set_id=pk, first_at=first_at, met=met)
        for pk, (first_at, met) in (told.completed or {}).items()
        if pk in own
    ]


def numbers(row: UsageStanding) -> dict[str, float | None]:
    """Return what is told of a row as signals; nothing of a customer that was never active."""
    if row.first_at is None:
        return {}
    return {
        signals.USERS: row.users_28d,
        signals.EVENTS: row.events_28d,
        signals.ADOPTION: row.adoption,
        signals.BREADTH: row.breadth,
        signals.TREND: row.trend,
    }


def _place_in_time(
    row: UsageStanding,
    who: Who,
    told: Counted,
    before: UsageStanding | None,
    frame: Frame,
) -> None:
    if told.span is not None:
        row.first_at, row.last_at = told.span
        value = behaviour_sets.of_value(frame.sets, segment=who.segment, stage=who.stage)
        done = (told.completed or {}).get(value.pk) if value else None
        row.first_value_at = done[0] if done else None
    elif before is not None:
        row.first_at, row.last_at = before.first_at, before.last_at
        row.first_value_at = before.first_value_at


def _breadth(told: Counted, frame: Frame) -> float | None:
    """The share of the named features that anybody used; unknown where none is named."""
    if not frame.features:
        return None
    return sum(use.events > 0 for use in told.uses.values()) / frame.features


def _per_person(told: Counted) -> float | None:
    """How many of the named features a person who is active uses, on the mean."""
    people = told.lately[2]
    if not people or not told.uses:
        return None
    return sum(use.users for use in told.uses.values()) / people
