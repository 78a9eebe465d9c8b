"""Segment's Webhooks destination: one event a request, signed, and requests to forget a user."""

from __future__ import annotations

import hmac

from django.http import HttpRequest, HttpResponse

from arbiter.api import credentials
from arbiter.api.answers import NotTaken, success
from arbiter.api.ingest import arriving, door
from arbiter.usage.queries import keys
from arbiter.usage.queries.keys import Holder
from arbiter.usage.wire import bodies, envelopes


def numbered(request: HttpRequest, source_id: int) -> HttpResponse:
    """Take what is signed with the key of a source; the address names the source and is no secret."""
    sent = _sent(request)
    holder = keys.numbered(source_id)
    if holder is None or not _is_signed(request, sent, holder):
        raise NotTaken(
            401,
            "invalid_signature",
            "X-Signature is not the HMAC-SHA1 of the body with this source's key as the shared secret.",
        )
    return _kept(holder, sent)


def keyed(request: HttpRequest, key: str) -> HttpResponse:
    """Take what is sent to an address that holds the key itself; if it is signed, it must be signed right."""
    sent = _sent(request)
    holder = credentials.holder(key)
    if request.META.get("HTTP_X_SIGNATURE") and not _is_signed(request, sent, holder):
        raise NotTaken(401, "invalid_signature", "X-Signature does not fit the body and the key.")
    return _kept(holder, sent)


def _sent(request: HttpRequest) -> bytes:
    door.demand_post(request)
    return arriving.body(request)


def _is_signed(request: HttpRequest, sent: bytes, holder: Holder) -> bool:
    told = request.META.get("HTTP_X_SIGNATURE", "")
    due = hmac.new(holder.secret().encode(), sent, "sha1").hexdigest()
    return hmac.compare_digest(told.strip().lower().encode(), due.encode())


def _kept(holder: Holder, sent: bytes) -> HttpResponse:
    """Keep it. A public key may not speak here: whoever reads a page could have users forgotten."""
    if holder.is_public:
        raise NotTaken(403, "public_key", "The key of a browser source sends no webhook.")
    body = bodies.opened(sent)
    door.keep(holder, "webhook", body, envelopes.opened(body.text))
    return success()
