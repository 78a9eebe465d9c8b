"""How outcomes tells the journal: of a goal, or of what stands beside one; its customer has it on the timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.outcomes.models import Goal, Investment, Milestone
from arbiter.outcomes.permissions import Actor


def of(
    what: str,
    subject: Goal | Investment | Milestone,
    *,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None,
    **details: Any,
) -> None:
    """Write one line about a goal, or about what belongs to a customer and perhaps to one of its goals.

    What a contact said of a goal is theirs, whoever wrote it down: a colleague's hand is told as `on_behalf`.
    """
    beside: dict[str, Any] = {}
    if not isinstance(subject, Goal):
        beside = {"goal": subject.goal_id}
    elif details.get("contact") and by.actor_kind == Person.actor_kind:
        details.setdefault("on_behalf", True)
    journal.record(
        f"outcomes.{what}",
        subject=subject,
        by=by,
        at=at,
        customer=subject.customer_id,
        recorded_at=recorded_at,
        **beside,
        **details,
    )
