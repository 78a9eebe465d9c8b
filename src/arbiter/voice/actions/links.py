"""Personal links: made, counted, revoked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from arbiter.accounts import permissions as accounts
from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice import permissions, rules
from arbiter.voice.models import PersonalLink, Revoked

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.models import Person


COUNT = """
    UPDATE voice_personallink SET posts = %s, posts_since = %s
    WHERE id = %s AND revoked_at IS NULL AND posts = %s AND
"""


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


def count(*, link: PersonalLink, at: datetime) -> bool:
    """Count one thing sent through a link, and hold the link for the rest of the transaction.

    Returns whether anything else came through it since the link was read. A silent verb: what is sent
    tells of itself.

    Raises:
        TooMuchThroughThisLink: the link is revoked by now, or more came through it than a person sends.
    """
    overtaken = False
    while not _counted(link, at):
        link.refresh_from_db(fields=["posts", "posts_since", "revoked_at"])
        overtaken = True
    return overtaken


def _counted(link: PersonalLink, at: datetime) -> bool:
    """Count, if the link is as we know it: the comparison is the lock."""
    fresh = link.posts_since is None or link.posts_since < at - rules.POST_WINDOW
    if link.revoked_at is not None or (not fresh and link.posts >= rules.POSTS_IN_WINDOW):
        raise TooMuchThroughThisLink(
            "Too much came through this link in a short time. Please wait ten minutes and try again."
        )
    posts, since = (
        (1, at) if fresh or link.posts_since is None else (link.posts + 1, link.posts_since)
    )
    if not _raise(link, posts, since):
        return False
    link.posts, link.posts_since = posts, since
    return True


def _raise(link: PersonalLink, posts: int, since: datetime) -> bool:
    """Write the count where nobody else has; not composed anew, for every answer waits for it."""
    moment = connection.ops.adapt_datetimefield_value
    known: list[Any] = [] if link.posts_since is None else [moment(link.posts_since)]
    same = "posts_since = %s" if known else "posts_since IS NULL"
    with connection.cursor() as cursor:
        cursor.execute(f"{COUNT} {same}", [posts, moment(since), link.pk, link.posts, *known])
        return bool(cursor.rowcount)


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
