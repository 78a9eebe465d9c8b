"""Who may be asked, and by whom."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from arbiter.accounts import permissions as accounts
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.accounts.permissions import Actor
    from arbiter.foundation.models import Person


class HasLeft(Refusal):
    """The contact is no longer at the customer, and answers no more."""


class MayNotSuppress(Refusal):
    """The role may not decide whom we write to."""


def demand_asking(by: Person, contact: Contact, at: datetime) -> None:
    """Refuse to ask a contact who has left, or one whom the person may not ask.

    Raises:
        NotAllowed: the permission is missing, or the customer is out of reach.
        HasLeft: the contact has left the customer.
    """
    accounts.demand(by, Permission.ASK_CUSTOMERS, contact.customer)
    demand_there(contact, at)


def demand_there(contact: Contact, at: datetime) -> None:
    """Refuse a contact who has left by a moment.

    Raises:
        HasLeft: the contact has left the customer.
    """
    if contact.left_on is not None and contact.left_on <= at.date():
        raise HasLeft(f"{contact.name} left on {contact.left_on:%-d %B %Y}.")


def demand_suppressing(by: Actor) -> None:
    """Refuse one who may not: a contact decides for themselves; of ours, whoever may ask.

    Raises:
        MayNotSuppress: the person may not ask.
    """
    if by.actor_kind == "contact":
        return
    may = getattr(by, "may", None)
    if may is None or not may(Permission.ASK_CUSTOMERS):
        raise MayNotSuppress(f"Your role may not {Permission.ASK_CUSTOMERS.description}.")
