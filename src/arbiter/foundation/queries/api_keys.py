"""Who holds a key for programs."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from arbiter.foundation.models import ApiKey, Person


def hash_of(key: str) -> str:
    """Return what is kept of a key. It is 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()


def standing(text: str) -> ApiKey | None:
    """Return the key of a text with its person; None when it is unknown, revoked, or its person is shut out."""
    there = ApiKey.objects.filter(key_hash=hash_of(text), revoked_at=None, person__is_active=True)
    return there.select_related("person").first()


def holder(text: str) -> Person | None:
    """Return the person in whose name a key acts; None when it is not standing."""
    found = standing(text)
    return found.person if found else None


def every() -> QuerySet[ApiKey]:
    """Every key there is or was, the newest first."""
    return ApiKey.objects.select_related("person", "made_by").order_by("-pk")


def page(*, before: int | None, most: int) -> tuple[list[ApiKey], int | None]:
    """Return some keys, the newest first, and the number after which older ones follow (None at the end)."""
    found = every().filter(pk__lt=before) if before is not None else every()
    rows = list(found[: most + 1])
    return rows[:most], rows[most - 1].pk if len(rows) > most else None
