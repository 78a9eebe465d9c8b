"""A goal's measure is fed by usage, month by month: connected, disconnected, and reported each night."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.accounts.rules import day
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.outcomes import permissions
from arbiter.outcomes.actions import results, told
from arbiter.outcomes.actions.goals import demand_standing
from arbiter.outcomes.models import Feed, FeedKind, Goal, Provenance, Result
from arbiter.outcomes.permissions import Actor
from arbiter.outcomes.queries import feeds
from arbiter.outcomes.queries.feeds import Value
from arbiter.usage.queries.monthly import Month

if TYPE_CHECKING:
    from arbiter.usage.models import BehaviourSet

MOST_MONTHS = 24
"""So far back a feed is reported when it is connected."""
LOOKED_AT_AGAIN = 3
"""Months that are counted anew each night, for events that came late."""
PLACES = Decimal("0.000001")


class FeedUnclear(Refusal):
    """Nobody can tell what is to be counted."""


class FeedThere(Refusal):
    """A goal is fed by one expression at a time."""


class FeedGone(Refusal):
    """The feed was disconnected before."""


@transaction.atomic
def connect(
    *,
    goal: Goal,
    kind: str,
    by: Actor,
    at: datetime,
    event: str = "",
    property: str = "",  # noqa: A002
    over_event: str = "",
    over_property: str = "",
    behaviour_set: BehaviourSet | None = None,
    since: date | None = None,
) -> Feed:
    """Have a goal's measure fed by what the customer's people do. The verdict stays the customer's.

    Args:
        kind: what is counted in each month, see `FeedKind`.
        event: which event; of a ratio the one above the line.
        property: which of its properties; without one, the events themselves are counted.
        over_event: of a ratio, the event below the line.
        over_property: of a ratio, that event's property.
        behaviour_set: of kind `set`, which.
        since: a day of the first month to report; the month in which the goal was stated unless given.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        GoalRetired: the goal was set aside.
        FeedThere: something feeds it already.
        FeedUnclear: what is to be counted is not said.
    """
    permissions.demand_edit(by, goal)
    demand_standing(goal)
    if Feed.objects.filter(goal=goal, disconnected_at=None).exists():
        raise FeedThere("This goal is fed already. Disconnect that first.")
    feed = Feed(
        goal=goal,
        kind=kind,
        event=event.strip() if kind != FeedKind.SET else "",
        property=property.strip() if kind not in (FeedKind.SET, FeedKind.COUNT) else "",
        over_event=over_event.strip() if kind == FeedKind.RATIO else "",
        over_property=over_property.strip() if kind == FeedKind.RATIO else "",
        behaviour_set=behaviour_set if kind == FeedKind.SET else None,
        since=(since or day(goal.at)).replace(day=1),
        at=at,
        by=by if isinstance(by, Person) else None,
    )
    _demand_clear(feed)
    feed.save()
    told.of("feed_connected", goal, by=by, at=at, recorded_at=None, kind=kind)
    return feed


@transaction.atomic
def disconnect(*, feed: Feed, by: Actor, at: datetime) -> Feed:
    """Feed a goal's measure no longer. What was reported stays.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        FeedGone: it was disconnected before.
    """
    permissions.demand_edit(by, feed.goal)
    if feed.disconnected_at is not None:
        raise FeedGone("This goal is not fed by it any more.")
    feed.disconnected_at = at
    feed.save(update_fields=["disconnected_at"])
    told.of("feed_disconnected", feed.goal, by=by, at=at, recorded_at=None, kind=feed.kind)
    return feed


def report(*, at: datetime) -> int:
    """Report what usage says of every goal that it feeds, for each month that is over; return how many results.

    Done again it writes nothing new. A month that turned out otherwise, by events that came late, is
    corrected by a later report of the same moment, unless somebody else had corrected it before.
    """
    fed = list(feeds.standing())
    last = Month.of(day(at)).before
    reported = _reported(fed)
    months = {feed.pk: _months(feed, last, reported) for feed in fed}
    values = feeds.values(fed, months, as_of=at)
    system = Person.objects.system()
    return sum(_report(feed, values.get(feed.pk, {}), reported, system, at) for feed in fed)


@transaction.atomic
def _report(
    feed: Feed,
    values: Mapping[Month, Value],
    reported: Mapping[tuple[int, datetime], Result],
    system: Person,
    at: datetime,
) -> int:
    written = 0
    for month, found in values.items():
        value = Decimal(str(found.number)).quantize(PLACES)
        stands = reported.get((feed.goal_id, month.end))
        if stands is not None and (stands.provenance != Provenance.USAGE or stands.value == value):
            continue
        results.report(
            goal=feed.goal,
            value=value,
            by=system,
            at=month.end,
            recorded_at=at,
            provenance=Provenance.USAGE,
            reported_by="usage",
            evidence=found.evidence,
        )
        written += 1
    return written


def _reported(fed: list[Feed]) -> dict[tuple[int, datetime], Result]:
    """What stands for each goal and moment: the report of it that was recorded last."""
    rows = Result.objects.filter(goal__in=[feed.goal_id for feed in fed], measure="")
    return {(row.goal_id, row.at): row for row in rows.order_by("recorded_at", "pk")}


def _months(
    feed: Feed, last: Month, reported: Mapping[tuple[int, datetime], Result]
) -> list[Month]:
    """The months to report: all since it was connected the first time, later only the last few."""
    every = last.back_to(feed.since, most=MOST_MONTHS)
    done = {
        at for (goal, at), row in reported.items()
        if goal == feed.goal_id and row.recorded_at >= feed.at
    }  # fmt: skip
    if done.isdisjoint(month.end for month in every):
        return every
    return every[-LOOKED_AT_AGAIN:]


def _demand_clear(feed: Feed) -> None:
    if feed.kind not in FeedKind.values:
        raise FeedUnclear("Choose what is counted.", field="kind")
    if feed.kind == FeedKind.SET and feed.behaviour_set is None:
        raise FeedUnclear("Choose the set of behaviours.", field="behaviour_set")
    if feed.kind != FeedKind.SET and not feed.event:
        raise FeedUnclear("Name the event.", field="event")
    if feed.kind in (FeedKind.SUM, FeedKind.MAX) and not feed.property:
        raise FeedUnclear("Name the property whose values are taken.", field="property")
    if feed.kind == FeedKind.RATIO and not feed.over_event:
        raise FeedUnclear("Name the event to divide by.", field="over_event")
