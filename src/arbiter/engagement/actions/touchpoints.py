"""What we do with customers is logged, and removed when it was logged wrongly."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.engagement import permissions
from arbiter.engagement.models import Touchpoint
from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Customer


class FromElsewhere(Refusal):
    """A contact of another customer was named."""


class TouchpointInFuture(Refusal):
    """What is yet to come is not logged."""


@transaction.atomic
def log(
    *,
    customer: Customer,
    kind: str,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    contacts: Collection[Contact] = (),
    value_conversation: bool = False,
    summary: str = "",
) -> Touchpoint:
    """Log an interaction with a customer; a value conversation is one about the customer's goals.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        FromElsewhere: a contact is another customer's.
        TouchpointInFuture: it is dated after it is recorded.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    if recorded_at is not None and at > recorded_at:
        raise TouchpointInFuture("Log it once it has happened.", field="at")
    for contact in contacts:
        if contact.customer_id != customer.pk:
            raise FromElsewhere(f"{contact.name} is not at {customer.name}.", field="contacts")
    touchpoint = Touchpoint.objects.create(
        customer=customer,
        at=at,
        recorded_at=recorded_at or at,
        kind=kind,
        value_conversation=value_conversation,
        summary=summary.strip(),
        by=by,
    )
    touchpoint.contacts.set(contacts)
    journal.record(
        "engagement.touchpoint_logged",
        subject=touchpoint,
        by=by,
        at=at,
        customer=customer.pk,
        recorded_at=recorded_at,
        kind=str(kind),
        value_conversation=value_conversation,
        contacts=sorted(contact.pk for contact in contacts),
    )
    return touchpoint


@transaction.atomic
def remove(
    *, touchpoint: Touchpoint, by: Person, at: datetime, recorded_at: datetime | None = None
) -> None:
    """Remove what was logged wrongly. The journal keeps both lines.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, touchpoint.customer)
    journal.record(
        "engagement.touchpoint_removed",
        subject=touchpoint,
        by=by,
        at=at,
        customer=touchpoint.customer_id,
        recorded_at=recorded_at,
        kind=touchpoint.kind,
    )
    touchpoint.delete()
