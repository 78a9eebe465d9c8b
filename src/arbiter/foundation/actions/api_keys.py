"""Keys with which programs act in a person's name: made and revoked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from arbiter.foundation import journal
from arbiter.foundation.models import ApiKey, Person
from arbiter.foundation.permissions import must
from arbiter.foundation.queries.api_keys import hash_of
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

PREFIX = "arb_"
# A program may ask many times a second; nobody needs to know more than the hour.
NOTED_EVERY = timedelta(hours=1)


class KeyUnnamed(Refusal):
    """A key needs a name, for otherwise nobody knows which one to revoke."""


class PersonShutOut(Refusal):
    """Nothing acts in the name of somebody who may not sign in."""


class RevokedBefore(Refusal):
    """The key opens nothing any more."""


@transaction.atomic
def make(*, person: Person, name: str, by: Person, at: datetime) -> tuple[ApiKey, str]:
    """Make a key that acts as a person; return it with its text, which is told this once.

    Args:
        person: in whose name it acts.
        name: what it is for.
        by: who makes it.
        at: when.

    Raises:
        NotAllowed: their role may not change settings.
        KeyUnnamed: it has no name.
        PersonShutOut: the person is not active.
    """
    must(by, Permission.MANAGE_SETTINGS)
    if not name.strip():
        raise KeyUnnamed("Name what the key is for.", field="name")
    if not person.is_active:
        raise PersonShutOut(
            f"{person.email} may not sign in, so no key acts in their name.", field="person"
        )
    text = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        person=person, name=name.strip()[:100], key_hash=hash_of(text), made_at=at, made_by=by
    )
    journal.record("foundation.api_key_made", subject=key, by=by, at=at, person=person.pk)
    return key, text


@transaction.atomic
def revoke(*, key: ApiKey, by: Person, at: datetime) -> ApiKey:
    """Let a key open nothing any more.

    Raises:
        NotAllowed: their role may not change settings.
        RevokedBefore: it was revoked already.
    """
    must(by, Permission.MANAGE_SETTINGS)
    if not ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at):
        raise RevokedBefore("This key was revoked already.")
    key.revoked_at = at
    journal.record("foundation.api_key_revoked", subject=key, by=by, at=at, person=key.person_id)
    return key


def note_use(*, key: ApiKey, at: datetime) -> None:
    """Note that a key opened something; within the hour nothing is written."""
    seldom = Q(last_used_at=None) | Q(last_used_at__lte=at - NOTED_EVERY)
    if key.last_used_at is None or key.last_used_at <= at - NOTED_EVERY:
        ApiKey.objects.filter(seldom, pk=key.pk).update(last_used_at=at)
