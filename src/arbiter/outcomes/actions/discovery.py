"""A discovery talk gives a goal and, as far as it was said, how it is to be measured: both or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from arbiter.outcomes.actions import goals, revisions
from arbiter.outcomes.models import Goal, WhoseWords
from arbiter.outcomes.permissions import Actor

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract, Customer


@transaction.atomic
def capture(
    *,
    customer: Customer,
    statement: str,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    whose_words: str = WhoseWords.CUSTOMER,
    category: str = "",
    stated_by: Contact | None = None,
    priority: int | None = None,
    contract: Contract | None = None,
    pain: str = "",
    **agreement: Any,
) -> Goal:
    """State a goal, and agree its measure where any part of one was named.

    Args:
        agreement: what `revisions.revise` takes: measure, unit, baseline, target, due_on and so on.

    Raises:
        what `goals.state` and `revisions.revise` raise; then neither is kept.
    """
    goal = goals.state(
        customer=customer,
        statement=statement,
        whose_words=whose_words,
        category=category,
        stated_by=stated_by,
        priority=priority,
        contract=contract,
        pain=pain,
        by=by,
        at=at,
        recorded_at=recorded_at,
    )
    if any(value not in (None, "") for value in agreement.values()):
        revisions.revise(
            goal=goal,
            agreed_by=goal.stated_by,
            by=by,
            at=at,
            recorded_at=recorded_at,
            **agreement,
        )
    return goal
