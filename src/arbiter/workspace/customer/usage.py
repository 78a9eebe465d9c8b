"""What their people do: the strip of the page, and the features beside each goal. Measured by us, never a result."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from arbiter.outcomes.queries import servings
from arbiter.ui import wording
from arbiter.usage.queries import behaviour_sets, standings
from arbiter.workspace.customer.visit import Visit, link

if TYPE_CHECKING:
    from datetime import date

    from arbiter.usage.models import Feature, FeatureStanding, UsageStanding

FEATURES_SHOWN = 6
SETS_SHOWN = 3


def strip(visit: Visit) -> dict[str, Any] | None:
    """What is told of a customer's usage on its page; None where none was ever counted."""
    row = standings.of([visit.customer.pk]).get(visit.customer.pk)
    if row is None or row.first_at is None:
        return None
    uses = [each for each in standings.uses_of(row.customer_id).values() if each.events]
    return {
        "row": row,
        "people": _people(row),
        "bar": _bar(row),
        "bar_label": _people(row),
        "trend": _trend(row),
        "points": row.weekly,
        "told": _told(visit, row),
        "features": uses[:FEATURES_SHOWN],
        "more": max(len(uses) - FEATURES_SHOWN, 0),
        "sets": list(behaviour_sets.completed_by(visit.customer)[:SETS_SHOWN]),
        "events_url": link("usage-events", customer=visit.customer.key),
    }


def beside(customer_id: int, goal_ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The use of the features that serve each goal, in two queries; goals that none serves are left out."""
    serving = servings.of_goals(goal_ids)
    if not serving:
        return {}
    wanted = {feature.pk for each in serving.values() for feature in each}
    uses = standings.uses_of(customer_id, wanted)
    return {
        goal: [_use(feature, uses.get(feature.pk)) for feature in features]
        for goal, features in serving.items()
    }


def depth(uses: Collection[dict[str, Any]]) -> str:
    """How many of the features that serve a goal are in use."""
    return f"{sum(each['in_use'] for each in uses)} of {len(uses)} in use"


def _use(feature: Feature, use: FeatureStanding | None) -> dict[str, Any]:
    return {
        "name": feature.name,
        "url": link("usage-feature", feature.pk),
        "in_use": use is not None and use.events > 0,
        "users": use.users if use else 0,
        "events": use.events if use else 0,
        "last_on": use.last_on if use else None,
        "change": _change(use),
    }


def _change(use: FeatureStanding | None) -> str:
    """Against the four weeks before, in words: small numbers make no percentage."""
    if use is None or not (use.events or use.events_before):
        return ""
    if not use.events_before:
        return "none in the 28 days before"
    return f"{use.events_before:,} in the 28 days before"


def _people(row: UsageStanding) -> str:
    if not row.seats:
        return f"{row.users_28d:,} active"
    return f"{row.users_28d:,} of {row.seats:,} seats"


def _bar(row: UsageStanding) -> list[tuple[str, int]]:
    """The seats in use striped, as what we measured; the rest of them empty."""
    if not row.seats:
        return [("measured", 1)]
    active = min(row.users_28d, row.seats)
    return [part for part in (("measured", active), ("never_asked", row.seats - active)) if part[1]]


def _trend(row: UsageStanding) -> str:
    if row.trend_percent is None:
        return "too short to say where it goes"
    ends = f"{wording.signed(row.trend_low_percent)} to {wording.signed(row.trend_high_percent)}%"
    if not row.is_moving:
        return f"no clear change in {row.trend_weeks} weeks ({ends} a week)"
    return f"{wording.signed(row.trend_percent)}% a week over {row.trend_weeks} weeks ({ends})"


def _told(visit: Visit, row: UsageStanding) -> list[dict[str, str]]:
    """The rest, term by term."""
    first = _day(row.first_at and row.first_at.date(), visit)
    value = _day(row.first_value_at and row.first_value_at.date(), visit)
    named = (
        ("Last day, 7 days", f"{row.users_1d:,}, {row.users_7d:,} people"),
        ("New, returning, dormant", f"{row.users_new:,}, {row.users_returning:,}, {row.users_dormant:,} people"),
        ("Features in use", "" if row.breadth is None else wording.percent(row.breadth)),
        ("Share of days", "" if row.frequency is None else wording.percent(row.frequency)),
        ("First event", first),
        ("First value", value or "not yet"),
    )  # fmt: skip
    return [{"term": term, "value": value} for term, value in named if value]


def _day(on: date | None, visit: Visit) -> str:
    return wording.day(on, visit.now) if on else ""
