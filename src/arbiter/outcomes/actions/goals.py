"""What is done to goals: they are stated, retired with a reason, and brought back. Never reworded."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes import permissions
from arbiter.outcomes.actions import told
from arbiter.outcomes.models import Goal, WhoseWords
from arbiter.outcomes.permissions import Actor

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract, Customer


class StatementMissing(Refusal):
    """A goal is a sentence."""


class FromElsewhere(Refusal):
    """A contact, contract or goal of another customer was named."""


class ReasonMissing(Refusal):
    """What was agreed is not set aside without a word why."""


class GoalRetired(Refusal):
    """The goal is no longer the customer's."""


class NotRetired(Refusal):
    """The goal stands, so there is nothing to bring back."""


@transaction.atomic
def state(
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
    constraints: str = "",
    stage: str | None = None,
) -> Goal:
    """Write down what a customer wants. Its measure and target follow as a revision.

    Args:
        stated_by: the contact who said it; the contact who acts unless given.
        pain: what happens if it is not reached.
        constraints: what stands in the way, or must be kept to on the way.
        stage: the stage it belongs to; the customer's present one unless given.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        StatementMissing: there is no sentence.
        FromElsewhere: the contact or contract is another customer's.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    if not statement.strip():
        raise StatementMissing("Write down what they want.", field="statement")
    if stated_by is None and by.actor_kind == "contact":
        stated_by = by  # type: ignore[assignment]
    _belong(customer, stated_by=stated_by, contract=contract)
    goal = Goal.objects.create(
        customer=customer,
        statement=statement.strip(),
        whose_words=whose_words,
        category=category,
        stated_by=stated_by,
        at=at,
        recorded_at=recorded_at or at,
        priority=priority,
        contract=contract,
        stage=customer.stage if stage is None else stage,
        pain=pain,
        constraints=constraints,
    )
    told.of(
        "goal_stated",
        goal,
        by=by,
        at=at,
        recorded_at=recorded_at,
        contact=goal.stated_by_id,
        whose_words=str(whose_words),
        category=category,
    )
    return goal


@transaction.atomic
def retire(
    *, goal: Goal, reason: str, by: Actor, at: datetime, recorded_at: datetime | None = None
) -> Goal:
    """Set a goal aside that is no longer wanted. It is kept with all it has.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        GoalRetired: it is aside already.
        ReasonMissing: no word why.
    """
    permissions.demand_edit(by, goal)
    demand_standing(goal)
    if not reason.strip():
        raise ReasonMissing("Say why they no longer want it.", field="reason")
    goal.retired_at, goal.retired_reason = at, reason.strip()
    goal.save(update_fields=["retired_at", "retired_reason"])
    told.of("goal_retired", goal, by=by, at=at, recorded_at=recorded_at)
    return goal


@transaction.atomic
def restore(*, goal: Goal, by: Actor, at: datetime, recorded_at: datetime | None = None) -> Goal:
    """Bring a retired goal back.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NotRetired: it stands.
    """
    permissions.demand_edit(by, goal)
    if goal.retired_at is None:
        raise NotRetired("This goal stands as it is.")
    goal.retired_at, goal.retired_reason = None, ""
    goal.save(update_fields=["retired_at", "retired_reason"])
    told.of("goal_restored", goal, by=by, at=at, recorded_at=recorded_at)
    return goal


def demand_standing(goal: Goal) -> None:
    """Refuse to go on with a goal that was set aside.

    Raises:
        GoalRetired: it was.
    """
    if goal.retired_at is not None:
        raise GoalRetired("This goal was retired. Bring it back first.")


def _belong(customer: Customer, *, stated_by: Contact | None, contract: Contract | None) -> None:
    if stated_by is not None and stated_by.customer_id != customer.pk:
        raise FromElsewhere(f"{stated_by.name} is not at {customer.name}.", field="stated_by")
    if contract is not None and contract.customer_id != customer.pk:
        raise FromElsewhere(f"The contract is not {customer.name}'s.", field="contract")
