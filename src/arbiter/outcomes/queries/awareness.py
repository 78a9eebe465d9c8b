"""What contacts know of results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from arbiter.outcomes.models import Awareness
from arbiter.outcomes.queries import known


def latest(goal_ids: Collection[int], *, as_of: datetime) -> dict[int, dict[int, Awareness]]:
    """What each contact last knew of each of many goals, in one query; absent means not told."""
    found: dict[int, dict[int, Awareness]] = defaultdict(dict)
    for row in known.newest(_known(goal_ids, as_of), "goal_id", "contact_id"):
        found[row.goal_id][row.contact_id] = row
    return dict(found)


def newest_of_each_state(
    goal_ids: Collection[int], *, as_of: datetime
) -> dict[int, list[Awareness]]:
    """When each contact was last told, saw, agreed or disputed, for many goals, in one query, oldest first."""
    found: dict[int, list[Awareness]] = defaultdict(list)
    rows = known.newest(_known(goal_ids, as_of), "goal_id", "contact_id", "state")
    for row in rows.select_related("contact").order_by("at", "pk"):
        found[row.goal_id].append(row)
    return dict(found)


def _known(goal_ids: Collection[int], as_of: datetime) -> QuerySet[Awareness]:
    return known.by(Awareness.objects.filter(goal__in=goal_ids), as_of)
