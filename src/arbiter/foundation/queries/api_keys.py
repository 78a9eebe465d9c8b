"""Who holds a key for programs."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from arbiter.foundation.models import ApiKey, Person


def hash_of(key: str) -> str:
    """Return what is kept of a key. It is 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()


def holder(key: str) -> Person | None:
    """Return the person in whose name a key acts; None when it is unknown, revoked, or its person is shut out."""
    held = ApiKey.objects.filter(key_hash=hash_of(key), revoked_at=None, person__is_active=True)
    found = held.select_related("person").first()
    return found.person if found else None


def every() -> QuerySet[ApiKey]:
    """Every key there is or was, the newest first."""
    return ApiKey.objects.select_related("person").order_by("-made_at", "-pk")
