"""What we promised a customer: noted, due, kept or broken."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.engagement import permissions
from arbiter.engagement.models import Promise
from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Customer
    from arbiter.foundation.models import Person


class NothingPromised(Refusal):
    """A promise is something in words."""


class PromisedElsewhere(Refusal):
    """The contact is another customer's."""


class DueBeforePromised(Refusal):
    """A promise is due on the day it was made, or later."""


class AlreadySettled(Refusal):
    """The promise was kept or broken before."""


class StillOpen(Refusal):
    """The promise was neither kept nor broken."""


@transaction.atomic
def make(
    *,
    customer: Customer,
    text: str,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    contact: Contact | None = None,
    due_on: date | None = None,
    feedback_key: str = "",
) -> Promise:
    """Note what we promised a customer.

    Args:
        customer: to whom.
        text: what, in words the customer would know again.
        by: who promised it.
        at: when it was promised.
        recorded_at: when it was noted.
        contact: the person it was promised to.
        due_on: the day by which it is to be kept.
        feedback_key: what it was promised upon.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NothingPromised: there are no words.
        PromisedElsewhere: the contact is another customer's.
        DueBeforePromised: it would have been due before it was made.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    if contact is not None and contact.customer_id != customer.pk:
        raise PromisedElsewhere(f"{contact.name} is not at {customer.name}.", field="contact")
    _demand_due_after(due_on, at)
    promise = Promise.objects.create(
        customer=customer,
        contact=contact,
        text=_worded(text),
        promised_by=by,
        at=at,
        recorded_at=recorded_at or at,
        due_on=due_on,
        feedback_key=feedback_key,
    )
    _tell("promise_made", promise, by, at, recorded_at)
    return promise


@transaction.atomic
def edit(*, promise: Promise, text: str, due_on: date | None, by: Person, at: datetime) -> Promise:
    """Put right what was noted, or give it another day.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        AlreadySettled: it was kept or broken.
        NothingPromised, DueBeforePromised: see `make`.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, promise.customer)
    _demand_open(promise)
    _demand_due_after(due_on, promise.at)
    promise.text, promise.due_on = _worded(text), due_on
    promise.save(update_fields=["text", "due_on"])
    _tell("promise_edited", promise, by, at, None)
    return promise


@transaction.atomic
def keep(*, promise: Promise, by: Person, at: datetime) -> Promise:
    """Note that a promise was kept.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        AlreadySettled: it was kept or broken before.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, promise.customer)
    _demand_open(promise)
    promise.kept_at = at
    promise.save(update_fields=["kept_at"])
    _tell("promise_kept", promise, by, at, None)
    return promise


@transaction.atomic
def break_(*, promise: Promise, by: Person, at: datetime) -> Promise:
    """Note that a promise was broken: it will not be kept.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        AlreadySettled: it was kept or broken before.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, promise.customer)
    _demand_open(promise)
    promise.broken_at = at
    promise.save(update_fields=["broken_at"])
    _tell("promise_broken", promise, by, at, None)
    return promise


@transaction.atomic
def reopen(*, promise: Promise, by: Person, at: datetime) -> Promise:
    """Take back that a promise was kept or broken.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        StillOpen: it was neither.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, promise.customer)
    if promise.kept_at is None and promise.broken_at is None:
        raise StillOpen("This promise is open as it is.")
    promise.kept_at = promise.broken_at = None
    promise.save(update_fields=["kept_at", "broken_at"])
    _tell("promise_reopened", promise, by, at, None)
    return promise


def _worded(text: str) -> str:
    if not text.strip():
        raise NothingPromised("Say what was promised.", field="text")
    return text.strip()


def _demand_due_after(due_on: date | None, at: datetime) -> None:
    if due_on is not None and due_on < at.date():
        raise DueBeforePromised("Choose the day it was promised, or a later one.", field="due_on")


def _demand_open(promise: Promise) -> None:
    if promise.kept_at is not None or promise.broken_at is not None:
        raise AlreadySettled(f"This promise was {'kept' if promise.kept_at else 'broken'} before.")


def _tell(
    what: str, promise: Promise, by: Person, at: datetime, recorded_at: datetime | None
) -> None:
    journal.record(
        f"engagement.{what}",
        subject=promise,
        by=by,
        at=at,
        customer=promise.customer_id,
        recorded_at=recorded_at,
        contact=promise.contact_id,
        due_on=promise.due_on,
    )
