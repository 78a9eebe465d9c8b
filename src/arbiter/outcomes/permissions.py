"""Who may do what to goals: as to their customer, and a verdict is the customer's alone."""

from __future__ import annotations

from django.db.models import Q

from arbiter.accounts.permissions import Actor, NotAllowed, demand, may_edit, within_reach
from arbiter.foundation.models import Person
from arbiter.foundation.roles import Permission
from arbiter.outcomes.models import Goal

__all__ = ["Actor", "NotAllowed", "demand", "demand_edit", "may_edit_goal", "reach"]


def reach(person: Person) -> Q:
    """Return the condition for what hangs on a customer within a person's reach."""
    return within_reach(person, via="customer__")


def may_edit_goal(person: Person, goal: Goal) -> bool:
    """Say whether a person may revise, report and retire; never whether they may judge."""
    return may_edit(person, goal.customer)


def demand_edit(by: Actor, goal: Goal) -> None:
    """Refuse one who may not change a goal.

    Raises:
        NotAllowed: the permission is missing, or the customer is out of reach.
    """
    demand(by, Permission.EDIT_CUSTOMERS, goal.customer)
