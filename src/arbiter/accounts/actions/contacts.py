"""What is done to the people at customers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from arbiter.accounts import permissions, rules
from arbiter.accounts.actions import changes as edits
from arbiter.accounts.actions.told import tell
from arbiter.accounts.models import Contact, Customer
from arbiter.accounts.models.contact import ContactRole
from arbiter.accounts.permissions import Actor
from arbiter.foundation import erasing
from arbiter.foundation.erasing import Somebody
from arbiter.foundation.mail import forgetting
from arbiter.foundation.models import Person
from arbiter.foundation.models.stored import new_key
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

ERASED_NAME = "Erased contact"
EDITABLE = frozenset({"name", "email", "role", "title", "language", "time_zone", "joined_on"})


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


class AlreadyErased(Refusal):
    """Nothing is left of who they were."""


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
    time_zone: str = "",
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
        time_zone=time_zone,
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
        AlreadyErased: they were erased, and come back only as somebody new.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, contact.customer)
    _not_erased(contact)
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


@transaction.atomic
def erase(*, contact: Contact, by: Person, at: datetime) -> Contact:
    """Erase a person for good (Article 17 of the GDPR): who they were, and every word of theirs. It cannot be undone.

    What they answered stays as a number, with its date and their role, so that nothing that was counted changes. Each part
    of Arbiter hears of it in this transaction and erases what it holds; then every table is looked through for what was
    repeated elsewhere. An address that is not to be written to stays so, as a salted hash.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        AlreadyErased: it was done before.
    """
    permissions.demand(by, Permission.MANAGE_SETTINGS, contact.customer)
    contact = Contact.objects.select_for_update(of=("self",)).select_related("customer").get(pk=contact.pk)  # fmt: skip
    _not_erased(contact)
    said = erasing.said_by(contact)
    tell("contact_erased", contact, by, at, None, role=str(contact.role))
    contact.bases.exclude(evidence="").update(evidence="")
    about_them = {contact.title, *erasing.texts(contact.custom)}
    who = _somebody(contact, frozenset((said - erasing.said_by(contact)) | about_them))
    for address in who.addresses:
        if not _others(contact).filter(email__iexact=address).exists():
            forgetting.forget_address(address, at=at)
    erasing.sweep(who)
    return _blank(contact, at)


def _somebody(contact: Contact, sentences: frozenset[str]) -> Somebody:
    """By what they are known: their addresses (a user's key may be one) and their name, if nobody else has it."""
    known = {contact.email, contact.key if "@" in contact.key else ""}
    shared = _others(contact).filter(name__iexact=contact.name).exists()
    shared = shared or Person.objects.filter(name__iexact=contact.name).exists()
    return Somebody(
        person=contact,
        customer=contact.customer,
        name=contact.name,
        addresses=frozenset(known - {""}),
        sentences=sentences,
        name_is_theirs_alone=" " in contact.name and not shared,
    )


def _others(contact: Contact) -> QuerySet[Contact]:
    return Contact.objects.exclude(pk=contact.pk)


def _blank(contact: Contact, at: datetime) -> Contact:
    """Their row stays for what hangs from it, under a key that nobody knows them by."""
    blank = dict.fromkeys(("email", "title", "language", "time_zone"), "")
    left = {"name": ERASED_NAME, "key": new_key(), "custom": {}, "erased_at": at}
    for name, value in (blank | left).items():
        setattr(contact, name, value)
    contact.save(update_fields=[*blank, *left])
    return contact


def _not_erased(contact: Contact) -> None:
    if contact.erased_at is not None:
        raise AlreadyErased(f"They were erased on {contact.erased_at:%-d %B %Y}.")


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
