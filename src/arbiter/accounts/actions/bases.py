"""On what lawful ground a contact's data serve a purpose: stated from a moment on, never rewritten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from arbiter.accounts import permissions
from arbiter.accounts.actions.told import tell
from arbiter.accounts.models import Basis, Contact, LawfulBasis
from arbiter.accounts.permissions import Actor
from arbiter.accounts.rules import Purpose
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission


class NoSuchPurpose(Refusal):
    """We process nobody's data for that."""


class NoSuchBasis(Refusal):
    """The law knows no such ground."""


class ConsentUnproved(Refusal):
    """Consent counts only where it can be shown (Article 7 of the GDPR)."""


@transaction.atomic
def state(
    *,
    contact: Contact,
    purpose: str,
    basis: str,
    by: Actor,
    at: datetime,
    evidence: str = "",
    recorded_at: datetime | None = None,
) -> Basis:
    """State on what ground a contact's data serve a purpose from a moment on. None of them stops our mail for it.

    Args:
        contact: whose data.
        purpose: what for, one of `rules.Purpose`.
        basis: contract, legitimate_interest, consent or none.
        by: the contact themselves, or a colleague.
        at: since when.
        evidence: where it stands: the clause, the weighing of interests, when and how they consented.
        recorded_at: when we learnt it, if later.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NoSuchPurpose: the purpose is none of ours.
        NoSuchBasis: the ground is none of those known.
        ConsentUnproved: consent is stated without saying where it was given.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, contact.customer)
    if purpose not in set(Purpose):
        raise NoSuchPurpose("Choose what their data are used for.", field="purpose")
    if basis not in LawfulBasis.values:
        raise NoSuchBasis("Choose the ground.", field="basis")
    if basis == LawfulBasis.CONSENT and not evidence.strip():
        raise ConsentUnproved("Say when and how they consented.", field="evidence")
    stated = Basis.objects.create(
        contact=contact,
        purpose=Purpose(purpose),
        basis=basis,
        evidence=evidence.strip(),
        at=at,
        recorded_at=recorded_at or at,
        recorded_by=None if isinstance(by, Contact) else by,
    )
    tell("basis_stated", contact, by, at, recorded_at, purpose=str(purpose), basis=str(basis))
    return stated
