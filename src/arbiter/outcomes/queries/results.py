"""What was measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from arbiter.outcomes.models import Result
from arbiter.outcomes.queries import known

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact


def latest(goal_ids: Collection[int], *, as_of: datetime) -> dict[int, dict[str, Result]]:
    """The newest result of each measure of many goals, in one query; "" is the goal's own measure."""
    found: dict[int, dict[str, Result]] = defaultdict(dict)
    measured = known.by(Result.objects.filter(goal__in=goal_ids), as_of)
    for result in known.newest(measured, "goal_id", "measure"):
        found[result.goal_id][result.measure] = result
    return dict(found)


def series(
    goal_ids: Collection[int], *, as_of: datetime, measure: str = ""
) -> dict[int, list[Result]]:
    """The results of one measure of many goals over time, the oldest first, in one query.

    A value told again for the same moment corrects the earlier one, which is left out.
    """
    measured = known.by(Result.objects.filter(goal__in=goal_ids, measure=measure), as_of)
    found: dict[int, dict[datetime, Result]] = defaultdict(dict)
    for result in measured.order_by("at", "recorded_at", "pk"):
        found[result.goal_id][result.at] = result
    return {goal: list(results.values()) for goal, results in found.items()}


def reported_by(contact: Contact) -> QuerySet[Result]:
    """The results that a contact reported, who is kept with them by key, name or address."""
    known = Q(reported_by=contact.key) | Q(reported_by__iexact=contact.name)
    if contact.email:
        known |= Q(reported_by__iexact=contact.email)
    return Result.objects.filter(known, goal__customer=contact.customer_id)
