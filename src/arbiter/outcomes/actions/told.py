"""How outcomes tells the journal: the goal is the subject, and its customer has it on the timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from arbiter.foundation import journal
from arbiter.outcomes.models import Goal
from arbiter.outcomes.permissions import Actor


def of_goal(
    what: str,
    goal: Goal,
    *,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None,
    **details: Any,
) -> None:
    """Write one line about a goal."""
    journal.record(
        f"outcomes.{what}",
        subject=goal,
        by=by,
        at=at,
        customer=goal.customer_id,
        recorded_at=recorded_at,
        **details,
    )
