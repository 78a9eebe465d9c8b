"""Ids as clients send them: text or numbers, absent or null, of any length."""

from __future__ import annotations

from hashlib import blake2b

import msgspec
from msgspec import Raw

from arbiter.usage.wire.limits import (
    LONGEST_CUSTOMER,
    LONGEST_MESSAGE_ID,
    LONGEST_NAME,
    LONGEST_USER,
)
from arbiter.usage.wire.refusals import Unfit

Id = str | int | float | None
_NUL = "\x00"
# What changes from one attempt to the next, or opens doors.
_OUTSIDE = ("sentAt", "sent_at", "writeKey", "api_key", "token", "_metadata", "integrations")


def user(said: Id) -> str | None:
    """Return the id of a user, or nothing."""
    return None if said is None else _text(said, "user id", LONGEST_USER)


def customer(said: Id) -> str | None:
    """Return the key of a customer, or nothing."""
    return None if said is None else _text(said, "group id", LONGEST_CUSTOMER)


def name(said: str | None) -> str:
    """Return the name of an event or a page, or no word."""
    if not said:
        return ""
    if len(said) > LONGEST_NAME:
        raise Unfit("name_too_long", f"The name has over {LONGEST_NAME} characters.")
    if _NUL in said:
        raise Unfit("bad_character", "The name holds a zero byte.")
    return said


def message(said: Id, item: Raw, *, otherwise: str) -> str:
    """Return the id by which a repeat is known; made of the event where the client gives none.

    `otherwise` tells apart what nothing else does: events without a time that look the same.
    """
    if said is None or said == "":
        return _made(item, otherwise)
    found = said if isinstance(said, str) else str(said)
    if len(found) > LONGEST_MESSAGE_ID or _NUL in found:
        return "long-" + _hash(found.encode(errors="surrogatepass"))
    return found


def _text(said: str | float, what: str, longest: int) -> str | None:
    found = said if isinstance(said, str) else _number(said)
    if not found or found.isspace():
        return None
    if len(found) > longest:
        raise Unfit("id_too_long", f"The {what} has over {longest} characters.")
    if _NUL in found:
        raise Unfit("bad_character", f"The {what} holds a zero byte.")
    return found


def _number(said: float) -> str:
    """Return 7 for 7.0: JavaScript knows no difference, Python does."""
    return str(int(said)) if isinstance(said, float) and said.is_integer() else str(said)


def _made(item: Raw, otherwise: str) -> str:
    said = msgspec.json.decode(item)
    kept = {key: value for key, value in said.items() if key not in _OUTSIDE}
    told = msgspec.json.encode(kept, order="deterministic")
    return "made-" + _hash(told + otherwise.encode())


def _hash(told: bytes) -> str:
    return blake2b(told, digest_size=16).hexdigest()
