"""What customers judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from arbiter.outcomes.models import Goal, Verdict
from arbiter.outcomes.queries import known


def latest(goal_ids: Collection[int], *, as_of: datetime) -> dict[int, list[Verdict]]:
    """Each contact's newest verdict that counts, for many goals, in one query, the newest first."""
    found: dict[int, list[Verdict]] = defaultdict(list)
    counting = known.by(Verdict.objects.filter(goal__in=goal_ids, flagged=False), as_of)
    newest = known.newest(counting, "goal_id", "contact_id").select_related("contact")
    for verdict in newest.order_by("-at", "-pk"):
        found[verdict.goal_id].append(verdict)
    return dict(found)


def of_contact(contact_id: int, *, as_of: datetime) -> QuerySet[Verdict]:
    """Everything one contact judged, flagged verdicts included, the newest first, with the goal."""
    return (
        known.by(Verdict.objects.filter(contact=contact_id), as_of)
        .select_related("goal", "on_behalf_by")
        .order_by("-at", "-recorded_at", "-pk")
    )


def history(goal: Goal, *, as_of: datetime) -> QuerySet[Verdict]:
    """Every verdict on a goal, flagged ones included, the newest first."""
    return (
        known.by(Verdict.objects.filter(goal=goal), as_of)
        .select_related("contact", "on_behalf_by")
        .order_by("-at", "-recorded_at", "-pk")
    )
