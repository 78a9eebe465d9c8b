"""On what ground contacts' data serve which purpose, as was stated and known at a moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from arbiter.accounts.models import Basis, Contact, LawfulBasis
from arbiter.accounts.rules import Purpose

# What holds of whoever has said nothing else: the weighing of interests stands in docs/guide/privacy.md.
DEFAULT = LawfulBasis.LEGITIMATE_INTEREST
PURPOSES: dict[str, str] = {
    Purpose.OUTCOME: "Outcome questions",
    Purpose.RELATIONSHIP: "Surveys about us in general",
    Purpose.TRANSACTIONAL: "Surveys after something happened",
    Purpose.EDUCATION: "Check-ins and education",
    Purpose.USAGE: "What they do in the product",
}
GROUNDS = {basis.value: basis.label.capitalize() for basis in LawfulBasis}


def of(contacts: Collection[int], *, as_of: datetime) -> dict[int, dict[str, str]]:
    """Return the ground of every purpose for each of many contacts, by their ids: one query.

    Where nothing was stated by then, the company's default holds.
    """
    found = {pk: dict.fromkeys(map(str, Purpose), str(DEFAULT)) for pk in contacts}
    rows = _known(as_of).filter(contact__in=contacts)
    for pk, purpose, basis in rows.values_list("contact", "purpose", "basis"):
        found[pk][purpose] = basis
    return found


def without(contacts: Collection[int], *, as_of: datetime) -> set[tuple[int, str]]:
    """Return for whom and what there is no ground, as (contact, purpose): one query, however many there are."""
    latest: dict[tuple[int, str], str] = {}
    rows = _known(as_of).filter(contact__in=contacts)
    for pk, purpose, basis in rows.values_list("contact", "purpose", "basis"):
        latest[pk, purpose] = basis
    return {about for about, basis in latest.items() if basis == LawfulBasis.NONE}


def stated(contact: Contact) -> QuerySet[Basis]:
    """All that was ever stated of a contact, the newest first."""
    return (
        Basis.objects.filter(contact=contact).select_related("recorded_by").order_by("-at", "-pk")
    )


def _known(as_of: datetime) -> QuerySet[Basis]:
    return Basis.objects.filter(at__lte=as_of, recorded_at__lte=as_of).order_by("at", "pk")
