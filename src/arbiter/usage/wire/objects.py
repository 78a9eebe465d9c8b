"""JSON objects within an event, kept as the text they came in."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Raw

from arbiter.usage.wire.refusals import Unfit

_NULL = b"null"
_ESCAPED_NUL, _UNKNOWN = "\\u0000", "\\ufffd"


def as_text(raw: Raw, what: str) -> str | None:
    """Return an object as JSON, or nothing where there is none. PostgreSQL takes no zero byte, so none is kept.

    Raises:
        Unfit: it is something else than an object.
    """
    said = bytes(raw)
    if not said or said == _NULL:
        return None
    if said[:1] != b"{":
        raise Unfit("wrong_type", f"The {what} are no JSON object.")
    text = said.decode()
    return text.replace(_ESCAPED_NUL, _UNKNOWN) if _ESCAPED_NUL in text else text


def as_object(raw: Raw, what: str) -> dict[str, Any]:
    """Return an object, empty where there is none.

    Raises:
        Unfit: it is something else, or holds what cannot be read.
    """
    text = as_text(raw, what)
    if text is None:
        return {}
    try:
        found: dict[str, Any] = msgspec.json.decode(text)
    except msgspec.DecodeError as wrong:
        raise Unfit("wrong_type", f"The {what} cannot be read.") from wrong
    return found
