"""How outcomes tells the journal: of a goal, or of what stands beside one; its customer has it on the timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from arbiter.foundation import journal
from arbiter.outcomes.models import Goal, Investment, Milestone
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


def of_part(
    what: str,
    part: Investment | Milestone,
    *,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None,
    **details: Any,
) -> None:
    """Write one line about what belongs to a customer and perhaps to one of its goals."""
    journal.record(
        f"outcomes.{what}",
        subject=part,
        by=by,
        at=at,
        customer=part.customer_id,
        recorded_at=recorded_at,
        goal=part.goal_id,
        **details,
    )
