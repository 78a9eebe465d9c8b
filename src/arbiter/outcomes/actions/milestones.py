"""Steps on the path are added, finished and opened again."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes import permissions
from arbiter.outcomes.actions import told
from arbiter.outcomes.actions.goals import FromElsewhere
from arbiter.outcomes.models import Goal, Milestone
from arbiter.outcomes.permissions import Actor

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer
    from arbiter.usage.models import BehaviourSet


class TitleMissing(Refusal):
    """A step has a name."""


class AlreadyReached(Refusal):
    """The step is done."""


class NotReached(Refusal):
    """The step is not done."""


class EvidenceRetired(Refusal):
    """The set is not looked for any more, so it would never be found."""


@transaction.atomic
def add(
    *,
    customer: Customer,
    title: str,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    goal: Goal | None = None,
    side: str = "",
    due_on: date | None = None,
    position: int | None = None,
    behaviour_set: BehaviourSet | None = None,
) -> Milestone:
    """Add a step to a customer's path, last unless a position is given.

    Args:
        behaviour_set: its evidence. Once usage finds it completed the step is done, see `measured_milestones`.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        TitleMissing: the step has no name.
        FromElsewhere: the goal is another customer's.
        EvidenceRetired: the set is not looked for any more.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    _demand_sound(customer, title, goal, behaviour_set)
    milestone = Milestone.objects.create(
        customer=customer,
        goal=goal,
        title=title.strip(),
        side=side,
        due_on=due_on,
        position=_last(customer) + 1 if position is None else position,
        evidence=behaviour_set,
    )
    told.of(
        "milestone_added",
        milestone,
        by=by,
        at=at,
        recorded_at=recorded_at,
        side=str(side),
        due_on=due_on,
        **({"set": behaviour_set.pk} if behaviour_set else {}),
    )
    return milestone


@transaction.atomic
def remove(
    *, milestone: Milestone, by: Actor, at: datetime, recorded_at: datetime | None = None
) -> None:
    """Take a step off the path.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, milestone.customer)
    told.of("milestone_removed", milestone, by=by, at=at, recorded_at=recorded_at)
    milestone.delete()


@transaction.atomic
def finish(
    *, milestone: Milestone, by: Actor, at: datetime, recorded_at: datetime | None = None
) -> Milestone:
    """Note that a step is done.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        AlreadyReached: it was.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, milestone.customer)
    if milestone.done_at is not None:
        raise AlreadyReached(f"“{milestone.title}” is done already.")
    milestone.done_at = at
    milestone.save(update_fields=["done_at"])
    told.of(
        "milestone_reached", milestone, by=by, at=at, recorded_at=recorded_at, side=milestone.side
    )
    return milestone


@transaction.atomic
def reopen(
    *, milestone: Milestone, by: Actor, at: datetime, recorded_at: datetime | None = None
) -> Milestone:
    """Take back that a step is done. What usage had found by then does not finish it again.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NotReached: it was not.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, milestone.customer)
    if milestone.done_at is None:
        raise NotReached(f"“{milestone.title}” is not done.")
    milestone.done_at = milestone.measured_at = None
    milestone.reopened_at = at
    milestone.save(update_fields=["done_at", "measured_at", "reopened_at"])
    told.of(
        "milestone_reopened", milestone, by=by, at=at, recorded_at=recorded_at, side=milestone.side
    )
    return milestone


def _demand_sound(
    customer: Customer, title: str, goal: Goal | None, behaviour_set: BehaviourSet | None
) -> None:
    if not title.strip():
        raise TitleMissing("Name the step.", field="title")
    if goal is not None and goal.customer_id != customer.pk:
        raise FromElsewhere(f"The goal is not {customer.name}'s.", field="goal")
    if behaviour_set is not None and behaviour_set.retired_at is not None:
        said = f"“{behaviour_set.name}” is not looked for any more."
        raise EvidenceRetired(said, field="behaviour_set")


def _last(customer: Customer) -> int:
    found = Milestone.objects.filter(customer=customer).aggregate(last=Max("position"))["last"]
    return found or 0
