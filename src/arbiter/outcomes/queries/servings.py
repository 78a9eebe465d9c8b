"""Which features serve which goals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from arbiter.outcomes.models import Serving

if TYPE_CHECKING:
    from arbiter.usage.models import Feature


def of_goals(goal_ids: Collection[int]) -> dict[int, list[Feature]]:
    """The features that serve each of many goals, by name, in one query; goals without one are left out."""
    found: dict[int, list[Feature]] = defaultdict(list)
    rows = Serving.objects.filter(goal__in=goal_ids).select_related("feature")
    for row in rows.order_by("feature__name", "feature"):
        found[row.goal_id].append(row.feature)
    return dict(found)
