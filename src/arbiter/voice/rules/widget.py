"""Who answers in the vendor's product: the product signs for its user, so that nobody answers as another."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

# A signature is made when a page is drawn; one that lives for weeks would be a password in a page.
LIVES_AT_MOST = timedelta(hours=24)
# Clocks of two machines differ.
CLOCKS_DIFFER = timedelta(minutes=5)
# So long a question waits in the product; then it is closed, and the budget decides anew.
OPEN_FOR = timedelta(days=14)
# So long the secret before the last renewal counts.
RENEWAL = timedelta(hours=24)
ORIGIN = re.compile(r"^https?://[a-z0-9.-]+(:[0-9]{1,5})?$")


def signature(secret: str, contact_key: str, expires: int) -> str:
    """Return the signature for a contact until a moment: HMAC-SHA256 of the key, a line feed and the seconds since 1970.

    >>> signature("secret", "dana", 1_780_000_000)[:12]
    '92bdd3b45183'
    """
    message = f"{contact_key}\n{expires}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def is_signed(
    secrets: Iterable[str], *, contact_key: str, expires: str, signed: str, at: datetime
) -> bool:
    """Say whether one of these secrets signed for the contact, and whether that still counts."""
    if not (expires.isdecimal() and expires.isascii() and len(expires) <= 12):
        return False
    until = int(expires)
    soon = at + LIVES_AT_MOST + CLOCKS_DIFFER
    if not at.timestamp() < until <= soon.timestamp():
        return False
    given = signed.lower().encode()
    made = [signature(secret, contact_key, until).encode() for secret in secrets]
    return any(hmac.compare_digest(each, given) for each in made)


def until(at: datetime, hours: int = 12) -> int:
    """Return the seconds since 1970 until which a signature made now would count."""
    return int((at.astimezone(UTC) + timedelta(hours=hours)).timestamp())
