"""From what was counted of a customer to its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from arbiter.science.adoption import seat_adoption
from arbiter.usage.models import Completion, FeatureStanding, UsageStanding
from arbiter.usage.queries import behaviour_sets
from arbiter.usage.rules import pulse, signals

if TYPE_CHECKING:
    from arbiter.usage.models import BehaviourSet, Feature
    from arbiter.usage.queries.counting import Completed, Past
    from arbiter.usage.rules.pulse import Uses


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
    sets: Sequence[BehaviourSet]


def standing(
    who: Who, told: Mapping[str, Any], past: Past | None, completed: Completed, frame: Frame
) -> UsageStanding:
    """Return the row of a customer that was counted from the log.

    Args:
        who: the customer.
        told: its figures, by their fields.
        past: from when to when anything was done; None where nothing ever was.
        completed: the sets that it did, by their number.
        frame: what is the same for all.
    """
    row = UsageStanding(
        customer_id=who.pk, until=frame.until, as_of=frame.as_of, segment=who.segment, **told
    )
    if past is not None:
        row.first_at, row.last_at = past.first_at, past.last_at
        value = behaviour_sets.of_value(frame.sets, segment=who.segment, stage=who.stage)
        done = completed.get(value.pk) if value else None
        row.first_value_at = done.first_at if done else None
    return row


def feature_rows(
    customers: Sequence[int], uses: Uses, features: Sequence[Feature], until: date
) -> Iterator[FeatureStanding]:
    """Give what customers did with each feature that they used in eight weeks."""
    columns = [uses.users, uses.events, uses.active_days, uses.events_before, uses.last]
    rows, places = np.nonzero(uses.last < 2 * pulse.WINDOW)
    found = zip(
        rows.tolist(),
        places.tolist(),
        *(each[rows, places].tolist() for each in columns),
        strict=True,
    )
    for row, place, users, events, active_days, events_before, last in found:
        yield FeatureStanding(
            customer_id=customers[row],
            feature_id=features[place].pk,
            users=users,
            events=events,
            active_days=active_days,
            events_before=events_before,
            last_on=until - timedelta(days=last),
        )


def adoption(users: int, seats: int | None) -> float | None:
    """Return the share of the seats that are used; None where none are on file."""
    return seat_adoption(users, seats).value if seats else None


def fitting(who: Who, sets: Sequence[BehaviourSet]) -> set[int]:
    """Return the sets that are for a customer, by their number."""
    return {
        each.pk for each in sets if behaviour_sets.fits(each, segment=who.segment, stage=who.stage)
    }


def completion_rows(who: Who, completed: Completed, frame: Frame) -> list[Completion]:
    """Return the sets that a customer has completed, of those that are its."""
    own = fitting(who, frame.sets) if completed else set()
    return [
        Completion(customer_id=who.pk, behaviour_set_id=pk, **done._asdict())
        for pk, done in completed.items()
        if pk in own
    ]


def numbers(columns: Mapping[str, Sequence[Any]], *, is_active: Sequence[bool]) -> signals.Numbers:
    """Return what is told of figures as signals, a row for each customer; nothing of who was never active."""
    named = {
        signals.USERS: "users_28d",
        signals.EVENTS: "events_28d",
        signals.ADOPTION: "adoption",
        signals.BREADTH: "breadth",
        signals.TREND: "trend",
    }
    told = [columns[named[name]] for name in signals.NAMES]
    found = signals.column_by_column(told, rows=len(is_active))
    found[~np.array(is_active, bool)] = np.nan
    return found
