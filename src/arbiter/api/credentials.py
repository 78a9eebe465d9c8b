"""Keys in the headers of a request."""

from __future__ import annotations

import base64
import binascii

from django.http import HttpRequest
from django.utils import timezone

from arbiter.api.answers import NotTaken
from arbiter.foundation.actions import api_keys as verbs
from arbiter.foundation.models import Person
from arbiter.foundation.queries import api_keys
from arbiter.foundation.roles import Permission
from arbiter.usage.queries import keys
from arbiter.usage.queries.keys import Holder


def basic(request: HttpRequest) -> str | None:
    """Return the user of Basic authentication, which is the key; some clients leave out the colon behind it."""
    word = _after("basic", request)
    if word is None:
        return None
    try:
        told = base64.b64decode(word, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return told.partition(":")[0] or None


def bearer(request: HttpRequest) -> str | None:
    """Return the token of Bearer authentication."""
    return _after("bearer", request)


def holder(key: str | None) -> Holder:
    """Return who holds a key.

    Raises:
        NotTaken: nobody does, or there is none. Never 410 or 429: clients would send again for hours.
    """
    found = keys.holder(key) if key else None
    if found is None:
        raise unknown()
    return found


def person(request: HttpRequest, *, needs: Permission) -> Person:
    """Return the person in whose name a program asks, by the key of theirs it shows.

    Raises:
        NotTaken: there is no such key, or their role does not reach so far.
    """
    text = basic(request) or bearer(request)
    key = api_keys.standing(text) if text else None
    if key is None:
        raise NotTaken(
            401,
            "invalid_api_key",
            "The key is missing, unknown or revoked. Make one in the settings, under Keys.",
        )
    if not key.person.may(needs):
        raise NotTaken(403, "not_allowed", f"The role of the key’s person may not {needs.description}.")  # fmt: skip
    verbs.note_use(key=key, at=timezone.now())
    return key.person


def unknown() -> NotTaken:
    """Say that nobody holds the key."""
    return NotTaken(
        401,
        "invalid_write_key",
        "The write key is unknown or revoked. Copy the one on the source's page in Arbiter.",
    )


def _after(scheme: str, request: HttpRequest) -> str | None:
    said, _, word = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return word.strip() or None if said.lower() == scheme else None
