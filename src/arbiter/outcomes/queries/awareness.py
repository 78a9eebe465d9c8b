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


def _known(goal_ids: Collection[int], as_of: datetime) -> QuerySet[Awareness]:
    return known.by(Awareness.objects.filter(goal__in=goal_ids), as_of)
