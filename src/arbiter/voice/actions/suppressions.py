"""Addresses that are not written to any more, and those that are again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.voice.models import Suppression, SuppressionCause, SuppressionScope
from arbiter.voice.permissions import demand_suppressing
from arbiter.voice.queries import suppressions

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.accounts.permissions import Actor


class NoAddress(Refusal):
    """What is to be spared is no mail address."""


class LiftedBefore(Refusal):
    """The address is written to already."""


@transaction.atomic
def suppress(
    *,
    address: str,
    scope: str,
    cause: str,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    contact: Contact | None = None,
    detail: str = "",
) -> Suppression:
    """Write to an address no more, within a scope. What holds already stays as it is and is returned.

    Args:
        address: whose owner is spared.
        scope: surveys, education (and check-ins), or all.
        cause: unsubscribed, bounced, complained, imported, by_us.
        by: who decided: the contact themselves, a colleague, or the system for what a mail provider tells.
        at: since when.
        recorded_at: when we learnt it, if later.
        contact: whose address it is, if that is known.
        detail: what the mail provider said, or where the list came from.

    Raises:
        NoAddress: it is no mail address.
        MayNotSuppress: the person may neither ask nor import.
    """
    demand_suppressing(by)
    address = _checked(address)
    for held in suppressions.of_address(address, at=at):
        if held.scope in (scope, SuppressionScope.ALL):
            return held
    kept = Suppression.objects.create(
        address_hash=suppressions.hash_of(address),
        address=address,
        contact=contact,
        scope=SuppressionScope(scope),
        cause=SuppressionCause(cause),
        detail=detail[:300],
        at=at,
        recorded_at=recorded_at or at,
    )
    _tell("voice.address_suppressed", kept, by, at, recorded_at)
    return kept


@transaction.atomic
def lift(*, suppression: Suppression, by: Actor, at: datetime) -> Suppression:
    """Let an address be written to again. That it was not stays on file.

    Raises:
        LiftedBefore: it was lifted already.
        MayNotSuppress: the person may neither ask nor import.
    """
    demand_suppressing(by)
    lifted = Suppression.objects.filter(pk=suppression.pk, lifted_at=None).update(lifted_at=at)
    if not lifted:
        raise LiftedBefore("This address is written to already.")
    suppression.lifted_at = at
    _tell("voice.suppression_lifted", suppression, by, at, None)
    return suppression


@transaction.atomic
def forget_addresses(*, contact: Contact, by: Actor, at: datetime) -> int:
    """Erase the addresses of a contact who is erased; their hashes go on sparing them. Returns how many."""
    hashes = suppressions.hashes_of(contact.email) if contact.email else []
    found = Suppression.objects.filter(Q(contact=contact) | Q(address_hash__in=hashes))
    count = found.update(address="", contact=None)
    if count:
        journal.record(
            "voice.suppressions_erased",
            subject=contact,
            by=by,
            at=at,
            customer=contact.customer_id,
            count=count,
        )
    return count


def _checked(address: str) -> str:
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise NoAddress(f"{address or 'Nothing'} is no mail address.", field="address") from wrong
    return address


def _tell(
    name: str, kept: Suppression, by: Actor, at: datetime, recorded_at: datetime | None
) -> None:
    """The journal holds no address: it outlives the erasure of the contact."""
    journal.record(
        name,
        subject=kept,
        by=by,
        at=at,
        recorded_at=recorded_at,
        customer=kept.contact.customer_id if kept.contact else None,
        contact=kept.contact_id,
        scope=str(kept.scope),
        cause=str(kept.cause),
    )
