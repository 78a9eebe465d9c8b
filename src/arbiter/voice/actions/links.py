"""Personal links: made, counted, revoked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from arbiter.accounts import permissions as accounts
from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice import permissions, rules
from arbiter.voice.models import PersonalLink, Revoked

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.models import Person


class TooMuchThroughThisLink(Refusal):
    """More came through one link than a person sends."""


@transaction.atomic
def make(
    *,
    contact: Contact,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> tuple[PersonalLink, str]:
    """Make a contact's personal link and return it with its token, which is never to be had again.

    Raises:
        NotAllowed: the person may not ask this contact.
        HasLeft: the contact has left the customer.
    """
    permissions.demand_asking(by, contact, at)
    token = secrets.token_urlsafe(16)
    link = PersonalLink.objects.create(
        contact=contact,
        token_hash=rules.hash_of(token),
        created_at=at,
        created_by=by,
        expires_at=expires_at or at + timedelta(days=rules.LINK_LIVES_DAYS),
    )
    journal.record(
        "voice.link_made",
        subject=link,
        by=by,
        at=at,
        recorded_at=recorded_at,
        customer=contact.customer_id,
        contact=contact.pk,
    )
    return link, token


@transaction.atomic
def revoke(*, link: PersonalLink, by: Person, at: datetime) -> PersonalLink:
    """Let a link open no more; one already revoked stays as it was.

    Raises:
        NotAllowed: the person may not ask this contact.
    """
    accounts.demand(by, Permission.ASK_CUSTOMERS, link.contact.customer)
    if _revoke(link, at, Revoked.BY_US, by):
        _record_revoked(link, by, at)
    return link


@transaction.atomic
def report_wrong_person(*, link: PersonalLink, at: datetime) -> PersonalLink:
    """Let a link open no more, since whoever opened it says that they are not the contact."""
    if _revoke(link, at, Revoked.WRONG_PERSON, None):
        _record_revoked(link, link.contact, at)
    return link


@transaction.atomic
def count(*, link: PersonalLink, at: datetime) -> None:
    """Count one thing sent through a link, and hold the link for the rest of the transaction.

    A silent verb: what is sent tells of itself.

    Raises:
        TooMuchThroughThisLink: the link is revoked by now, or more came through it than a person sends.
    """
    old = Q(posts_since__isnull=True) | Q(posts_since__lt=at - rules.POST_WINDOW)
    counted = PersonalLink.objects.filter(
        old | Q(posts__lt=rules.POSTS_IN_WINDOW), pk=link.pk, revoked_at__isnull=True
    ).update(
        posts=Case(When(old, then=Value(1)), default=F("posts") + 1),
        posts_since=Case(When(old, then=Value(at)), default=F("posts_since")),
    )
    if not counted:
        raise TooMuchThroughThisLink(
            "Too much came through this link in a short time. Please wait ten minutes and try again."
        )


def _revoke(link: PersonalLink, at: datetime, because: Revoked, by: Person | None) -> bool:
    revoked = PersonalLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(
        revoked_at=at, revoked_by=by, revoked_because=because
    )
    link.refresh_from_db(fields=["revoked_at", "revoked_by", "revoked_because"])
    return bool(revoked)


def _record_revoked(link: PersonalLink, by: Person | Contact, at: datetime) -> None:
    journal.record(
        "voice.link_revoked",
        subject=link,
        by=by,
        at=at,
        customer=link.contact.customer_id,
        contact=link.contact_id,
        because=link.revoked_because,
    )
