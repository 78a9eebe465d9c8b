"""What is around the events of a body: the batch, the key, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Raw, Struct, field

from arbiter.usage.wire.bodies import mended, too_deep
from arbiter.usage.wire.limits import MOST_VALUES
from arbiter.usage.wire.refusals import Unreadable

NOTHING = Raw(b"")


class Envelope(Struct, frozen=True, gc=False):
    """The outermost object. Only the batch must be what it says: the rest is looked at when it is used."""

    batch: list[Raw] | None = None
    write_key: Any = field(name="writeKey", default=None)
    api_key: Any = None
    token: Any = None
    type: Any = None
    sent_at: Any = field(name="sentAt", default=None)
    sent_at_of_posthog: Any = field(name="sent_at", default=None)
    timestamp: Any = None
    context: Raw = NOTHING
    properties: Raw = NOTHING


class Opened(Struct, frozen=True, gc=False):
    """A body taken apart; the envelope is of the batch, of the only event, or of the first of a bare list."""

    envelope: Envelope
    items: list[Raw]
    is_batch: bool


class _Keys(Struct, frozen=True, gc=False):
    token: Any = None
    api_key: Any = None


_ENVELOPE = msgspec.json.Decoder(Envelope)
_LIST = msgspec.json.Decoder(list[Raw])
_KEYS = msgspec.json.Decoder(_Keys)


def opened(text: bytes) -> Opened:
    """Take a body apart: a batch, a bare list of events, or one event.

    Raises:
        Unreadable: it is no JSON, nested too deep, or neither an object nor a list.
    """
    # A value and its comma are two bytes: shorter bodies need no counting.
    if len(text) > 2 * MOST_VALUES and text.count(b",") > MOST_VALUES:
        raise Unreadable("too_large", f"The body has over {MOST_VALUES} values.", status=413)
    try:
        return _read(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    try:
        return _read(mended(text))
    except msgspec.DecodeError as wrong:
        raise Unreadable("not_json", f"The body is not JSON: {wrong}.") from wrong


def key(envelope: Envelope) -> str | None:
    """Return the key that a body names: Segment's at the top, PostHog's there or among the properties."""
    named = (envelope.write_key, envelope.api_key, envelope.token)
    found = next((word for word in named if isinstance(word, str) and word), None)
    return found or _key_within(envelope.properties)


def _read(text: bytes) -> Opened:
    """Take well-formed JSON apart."""
    if not text.isascii():
        text.decode()
    if text[:1] == b"[":
        items = _decoded(_LIST.decode, text)
        first = _decoded(_ENVELOPE.decode, items[0]) if items else Envelope()
        return Opened(first, items, is_batch=False)
    envelope: Envelope = _decoded(_ENVELOPE.decode, text)
    if envelope.batch is None:
        return Opened(envelope, [Raw(text)], is_batch=False)
    return Opened(envelope, envelope.batch, is_batch=True)


def _decoded(decode: Callable[[Any], Any], text: bytes) -> Any:
    try:
        return decode(text)
    except msgspec.ValidationError as wrong:
        raise Unreadable("wrong_shape", f"The body holds no events: {wrong}.") from wrong
    except RecursionError as wrong:
        raise too_deep() from wrong


def _key_within(properties: Raw) -> str | None:
    if bytes(properties)[:1] != b"{":
        return None
    found = _KEYS.decode(properties)
    named = (found.token, found.api_key)
    return next((word for word in named if isinstance(word, str) and word), None)
