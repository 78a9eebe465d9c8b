"""Who may see and change what belongs to a customer."""

from __future__ import annotations

from django.db.models import Q

from arbiter.accounts.models import Contact, Customer
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

Actor = Person | Contact


class NotAllowed(Refusal):
    """The one who acts lacks the permission, or the customer is out of their reach."""


def within_reach(person: Person, *, via: str = "") -> Q:
    """Return the condition for the customers a person may see.

    Their own, those of their team's people, and those nobody owns; or all, by permission.
    `via` leads from the model that is filtered to its customer, as `customer__`.
    """
    if person.may(Permission.SEE_ALL_CUSTOMERS):
        return Q()
    if not person.is_active:
        return Q(pk__in=[])
    reach = Q(**{f"{via}owner": person.pk}) | Q(**{f"{via}owner__isnull": True})
    if person.team_id is not None:
        reach |= Q(**{f"{via}owner__team": person.team_id})
    return reach


def may_see(person: Person, customer: Customer) -> bool:
    """Say whether a customer is within a person's reach (the same rule as `within_reach`, for one)."""
    if person.may(Permission.SEE_ALL_CUSTOMERS):
        return True
    if not person.is_active:
        return False
    owner = customer.owner
    if owner is None or owner == person:
        return True
    return person.team_id is not None and owner.team_id == person.team_id


def may_edit(person: Person, customer: Customer) -> bool:
    """Say whether a person may change a customer and what belongs to it."""
    return person.may(Permission.EDIT_CUSTOMERS) and may_see(person, customer)


def may_ask(person: Person, customer: Customer) -> bool:
    """Say whether a person may put a question to the customer's people."""
    return person.may(Permission.ASK_CUSTOMERS) and may_see(person, customer)


def may_log_beliefs(person: Person, customer: Customer) -> bool:
    """Say whether a person may log a belief about the customer's renewal."""
    return person.may(Permission.LOG_BELIEFS) and may_see(person, customer)


def may_record_on_behalf(person: Person, customer: Customer) -> bool:
    """Say whether a person may record what the customer's people said."""
    return person.may(Permission.RECORD_ON_BEHALF) and may_see(person, customer)


def demand(by: Actor, permission: Permission, customer: Customer) -> None:
    """Refuse one who may not: the last line behind the doors and the pages.

    A contact acts at their own customer only, while they are there.

    Raises:
        NotAllowed: the permission is missing, or the customer is out of reach.
    """
    if isinstance(by, Contact):
        if by.customer_id != customer.pk or by.left_on is not None:
            raise NotAllowed(f"{by.name} does not belong to {customer.name}.")
        return
    if not by.may(permission):
        raise NotAllowed(f"Your role may not {permission.description}.")
    if not may_see(by, customer):
        raise NotAllowed(f"{customer.name} is looked after by another team.")
