"""What is done to customers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from arbiter.accounts import permissions
from arbiter.accounts.actions import changes as edits
from arbiter.accounts.actions.told import tell
from arbiter.accounts.models import Customer
from arbiter.accounts.permissions import NotAllowed
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

EDITABLE = frozenset(
    {"name", "domain", "segment", "industry", "region", "stage", "since", "parent", "language"}
)
HANDED_OFF = frozenset(
    {"why_bought", "promised_value", "promised_by", "promise_quote", "promise_source"}
)


class NameMissing(Refusal):
    """A customer without a name cannot be found again."""


class OwnParent(Refusal):
    """A customer cannot stand above itself."""


class AlreadyArchived(Refusal):
    """The customer is archived."""


class NotArchived(Refusal):
    """The customer is not archived, so there is nothing to bring back."""


@transaction.atomic
def add(
    *,
    name: str,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    domain: str = "",
    segment: str = "",
    industry: str = "",
    region: str = "",
    owner: Person | None = None,
    stage: str = "",
    since: date | None = None,
    parent: Customer | None = None,
    language: str = "",
    key: str | None = None,
) -> Customer:
    """Add a customer, under the key by which files and events know it, where there is one.

    Raises:
        NotAllowed: the one who adds may not change customers.
        NameMissing: the name is empty.
    """
    if not by.may(Permission.EDIT_CUSTOMERS):
        raise NotAllowed(f"Your role may not {Permission.EDIT_CUSTOMERS.description}.")
    customer = Customer.objects.create(
        name=_named(name),
        domain=domain,
        segment=segment,
        industry=industry,
        region=region,
        owner=owner,
        stage=stage,
        since=since,
        parent=parent,
        language=language,
        **({"key": key} if key else {}),
    )
    tell("customer_added", customer, by, at, recorded_at)
    return customer


@transaction.atomic
def edit(
    *,
    customer: Customer,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    **changes: Any,
) -> Customer:
    """Change what is written about a customer. Without a difference nothing happens.

    Another `owner` among the changes is a fact of its own (see `assign`).

    Raises:
        NotAllowed: out of reach, or the role may not.
        NameMissing: the name would be empty.
        OwnParent: the customer would stand above itself.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    if "name" in changes:
        changes["name"] = _named(changes["name"])
    _stand_below(customer, changes.get("parent"))
    if "owner" in changes:
        assign(customer=customer, owner=changes.pop("owner"), by=by, at=at, recorded_at=recorded_at)
    changed = edits.apply(customer, changes, allowed=EDITABLE)
    if changed:
        tell("customer_edited", customer, by, at, recorded_at, fields=changed)
    return customer


@transaction.atomic
def assign(
    *,
    customer: Customer,
    owner: Person | None,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
) -> Customer:
    """Give a customer to a colleague to look after; None lets go of it.

    Raises:
        NotAllowed: out of reach, or the role may not.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    before = customer.owner_id
    if edits.apply(customer, {"owner": owner}, allowed=frozenset({"owner"})):
        tell(
            "customer_assigned",
            customer,
            by,
            at,
            recorded_at,
            owner=customer.owner_id,
            before=before,
        )
    return customer


@transaction.atomic
def hand_off(
    *,
    customer: Customer,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    why_bought: str = "",
    promised_value: str = "",
    promised_by: str = "",
    promise_quote: str = "",
    promise_source: str = "",
) -> Customer:
    """Write down why the customer bought and what was promised, by whom, in which words, from which source.

    It is what we said, not what they confirmed: it stays unconfirmed until a goal of theirs holds it.

    Raises:
        NotAllowed: out of reach, or the role may not.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    said = {
        "why_bought": why_bought,
        "promised_value": promised_value,
        "promised_by": promised_by,
        "promise_quote": promise_quote,
        "promise_source": promise_source,
    }
    changed = edits.apply(customer, said, allowed=HANDED_OFF)
    if changed:
        tell("customer_handed_off", customer, by, at, recorded_at, fields=changed)
    return customer


@transaction.atomic
def archive(
    *, customer: Customer, by: Person, at: datetime, recorded_at: datetime | None = None
) -> Customer:
    """Put a customer aside; it keeps all it has and `restore` brings it back.

    Raises:
        NotAllowed: out of reach, or the role may not.
        AlreadyArchived: it is aside already.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    if customer.archived_at is not None:
        raise AlreadyArchived(f"{customer.name} is archived already.")
    edits.apply(customer, {"archived_at": at}, allowed=frozenset({"archived_at"}))
    tell("customer_archived", customer, by, at, recorded_at)
    return customer


@transaction.atomic
def restore(
    *, customer: Customer, by: Person, at: datetime, recorded_at: datetime | None = None
) -> Customer:
    """Bring an archived customer back.

    Raises:
        NotAllowed: out of reach, or the role may not.
        NotArchived: it was not aside.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    if customer.archived_at is None:
        raise NotArchived(f"{customer.name} is not archived.")
    edits.apply(customer, {"archived_at": None}, allowed=frozenset({"archived_at"}))
    tell("customer_restored", customer, by, at, recorded_at)
    return customer


def _stand_below(customer: Customer, parent: Customer | None) -> None:
    while parent is not None:
        if parent == customer:
            raise OwnParent("A customer cannot stand above itself.", field="parent")
        parent = parent.parent


def _named(name: str) -> str:
    if not name.strip():
        raise NameMissing("Give the customer a name.", field="name")
    return name.strip()
