"""What is done to the people at customers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from arbiter.accounts import permissions, rules
from arbiter.accounts.actions import changes as edits
from arbiter.accounts.actions.told import tell
from arbiter.accounts.models import Contact, Customer
from arbiter.accounts.models.contact import ContactRole
from arbiter.accounts.permissions import Actor
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

EDITABLE = frozenset({"name", "email", "role", "title", "language", "joined_on"})


class ContactUnnamed(Refusal):
    """A contact needs a name."""


class ContactAlreadyThere(Refusal):
    """Another contact at this customer has the address."""


class LeftBeforeJoining(Refusal):
    """Nobody leaves before they came."""


class AlreadyLeft(Refusal):
    """The contact has left before."""


class StillThere(Refusal):
    """The contact has not left."""


class AlreadyUnsubscribed(Refusal):
    """The contact gets no mail from us already."""


class NotUnsubscribed(Refusal):
    """The contact never asked us to stop."""


@transaction.atomic
def add(
    *,
    customer: Customer,
    name: str,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    email: str = "",
    role: str = ContactRole.OTHER,
    title: str = "",
    language: str = "",
    joined_on: date | None = None,
    key: str | None = None,
) -> Contact:
    """Add a person at a customer, under the key by which files and events know them, where there is one.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        ContactUnnamed: the name is empty.
        ContactAlreadyThere: the address is another contact's at this customer.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    contact = Contact(
        customer=customer,
        name=_named(name),
        email=_alone(email, customer),
        role=role,
        title=title,
        language=language,
        joined_on=joined_on,
        **({"key": key} if key else {}),
    )
    contact.save(force_insert=True)
    tell("contact_added", contact, by, at, recorded_at, role=str(role))
    return contact


@transaction.atomic
def edit(
    *,
    contact: Contact,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    **changes: Any,
) -> Contact:
    """Change what is written about a contact. Without a difference nothing happens.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        ContactUnnamed: the name would be empty.
        ContactAlreadyThere: the address is another contact's at this customer.
        LeftBeforeJoining: they left before the new day of joining.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, contact.customer)
    if "name" in changes:
        changes["name"] = _named(changes["name"])
    if "email" in changes:
        changes["email"] = _alone(changes["email"], contact.customer, but=contact)
    _in_order(changes.get("joined_on", contact.joined_on), contact.left_on, field="joined_on")
    changed = edits.apply(contact, changes, allowed=EDITABLE)
    if changed:
        role = {"role": str(contact.role)} if "role" in changed else {}
        tell("contact_edited", contact, by, at, recorded_at, fields=changed, **role)
    return contact


@transaction.atomic
def leave(
    *,
    contact: Contact,
    left_on: date,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
) -> Contact:
    """Note that a contact has left the customer. Their words stay theirs.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        AlreadyLeft: they had left before.
        LeftBeforeJoining: the day lies before they came.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, contact.customer)
    if contact.left_on is not None:
        raise AlreadyLeft(f"{contact.name} left on {contact.left_on:%-d %B %Y} already.")
    _in_order(contact.joined_on, left_on, field="left_on")
    edits.apply(contact, {"left_on": left_on}, allowed=frozenset({"left_on"}))
    true_at = rules.when(left_on, at)
    told = {"left_on": left_on, "role": str(contact.role)}
    tell("contact_left", contact, by, true_at, recorded_at or at, **told)
    return contact


@transaction.atomic
def come_back(
    *, contact: Contact, by: Actor, at: datetime, recorded_at: datetime | None = None
) -> Contact:
    """Take back that a contact has left.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        StillThere: they had not left.
    """
    if contact.left_on is None:
        raise StillThere(f"{contact.name} has not left.")
    permissions.demand(by, Permission.EDIT_CUSTOMERS, contact.customer)
    edits.apply(contact, {"left_on": None}, allowed=frozenset({"left_on"}))
    tell("contact_came_back", contact, by, at, recorded_at, role=str(contact.role))
    return contact


@transaction.atomic
def unsubscribe(
    *, contact: Contact, by: Actor, at: datetime, recorded_at: datetime | None = None
) -> Contact:
    """Send a contact no more mail, by their own wish or told to a colleague.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        AlreadyUnsubscribed: we had stopped before.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, contact.customer)
    if contact.unsubscribed_at is not None:
        raise AlreadyUnsubscribed(f"{contact.name} gets no mail from us already.")
    edits.apply(contact, {"unsubscribed_at": at}, allowed=frozenset({"unsubscribed_at"}))
    tell("contact_unsubscribed", contact, by, at, recorded_at)
    return contact


@transaction.atomic
def resubscribe(
    *, contact: Contact, by: Actor, at: datetime, recorded_at: datetime | None = None
) -> Contact:
    """Let a contact get mail again.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NotUnsubscribed: they never asked us to stop.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, contact.customer)
    if contact.unsubscribed_at is None:
        raise NotUnsubscribed(f"{contact.name} gets mail from us as it is.")
    edits.apply(contact, {"unsubscribed_at": None}, allowed=frozenset({"unsubscribed_at"}))
    tell("contact_resubscribed", contact, by, at, recorded_at)
    return contact


def _named(name: str) -> str:
    if not name.strip():
        raise ContactUnnamed("Give the contact a name.", field="name")
    return name.strip()


def _in_order(joined_on: date | None, left_on: date | None, *, field: str) -> None:
    if joined_on and left_on and left_on < joined_on:
        raise LeftBeforeJoining("They cannot leave before they came.", field=field)


def _alone(email: str, customer: Customer, *, but: Contact | None = None) -> str:
    email = email.strip()
    others = Contact.objects.filter(customer=customer, email__iexact=email)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if email and (other := others.first()):
        raise ContactAlreadyThere(f"{other.name} has this address already.", field="email")
    return email
