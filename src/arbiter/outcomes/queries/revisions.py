"""What was agreed about goals, and what stood when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from arbiter.outcomes.models import Goal, Revision
from arbiter.outcomes.queries import known


def current(goal_ids: Collection[int], *, as_of: datetime) -> dict[int, Revision]:
    """The revision that stood for each of many goals at a moment, in one query."""
    agreed = known.by(Revision.objects.filter(goal__in=goal_ids), as_of)
    return {revision.goal_id: revision for revision in known.newest(agreed, "goal_id")}


def history(goal: Goal, *, as_of: datetime) -> QuerySet[Revision]:
    """Everything ever agreed about a goal, the newest first."""
    return (
        known.by(Revision.objects.filter(goal=goal), as_of)
        .select_related("agreed_by")
        .order_by("-at", "-recorded_at", "-pk")
    )
