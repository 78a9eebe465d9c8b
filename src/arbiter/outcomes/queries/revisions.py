"""What was agreed about goals, and what stood when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from arbiter.outcomes.models import Goal, Revision
from arbiter.outcomes.queries import known

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact

AGAIN_AFTER = timedelta(hours=1)


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


def confirmed_just_now(
    goal: Goal, contact: Contact, at: datetime, *, as_of: datetime | None = None
) -> bool:
    """Say whether a contact agreed to a goal within the hour: pressed twice is meant once."""
    last = history(goal, as_of=as_of or at).first()
    return last is not None and abs(at - last.at) < AGAIN_AFTER and last.agreed_by_id == contact.pk
