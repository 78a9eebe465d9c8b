"""POST of events. All it does is what an answer needs: whose is it, is it JSON, is it on disk."""

from __future__ import annotations

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from arbiter.api import credentials
from arbiter.api.answers import NotTaken, View, answered, success
from arbiter.api.ingest import arriving, origins
from arbiter.usage.actions import parcels
from arbiter.usage.queries import inbox, keys
from arbiter.usage.queries.keys import Holder
from arbiter.usage.wire import bodies, envelopes
from arbiter.usage.wire.bodies import Body
from arbiter.usage.wire.envelopes import Opened
from arbiter.usage.wire.limits import MOST_EVENTS


def taking(dialect: str, *, type: str | None = None) -> View:  # noqa: A002 - Segment's word
    """Return the view of a route: in whose words its bodies are, and the type of events that need not say it."""

    def take(request: HttpRequest) -> HttpResponse:
        demand_post(request)
        key = credentials.basic(request)
        holder = _admitted(request, key) if key else None
        body = bodies.opened(arriving.body(request))
        opened = envelopes.opened(body.text)
        if holder is None:
            key = envelopes.key(opened.envelope) or credentials.bearer(request)
            holder = _admitted(request, key)
        keep(holder, dialect, _typed(body, opened, type), opened)
        return success()

    return public(take)


def public(view: View) -> View:
    """Return a view as the door needs it: open to pages elsewhere, without a form's token, with its own errors."""
    return csrf_exempt(origins.told(answered(view)))


def keep(holder: Holder, dialect: str, body: Body, opened: Opened) -> None:
    """Have a body kept until the worker reads it.

    Raises:
        NotTaken: too many wait already, or the source is gone.
    """
    now = timezone.now()
    wait = inbox.seconds_to_wait(now)
    if wait is not None:
        raise NotTaken(429, "inbox_full", "Too many events wait to be stored.", wait=wait)
    if not opened.items:
        return
    try:
        parcels.receive(
            source_id=holder.source_id,
            dialect=dialect,
            body=body.packed or bodies.packed(body.text),
            events=min(len(opened.items), MOST_EVENTS),
            at=now,
        )
    except IntegrityError as wrong:
        # The source is gone since its key was looked up.
        keys.forget()
        raise credentials.unknown() from wrong


def demand_post(request: HttpRequest) -> None:
    if request.method != "POST":
        raise NotTaken(405, "not_post", "Events are sent by POST.", allow="POST, OPTIONS")


def _admitted(request: HttpRequest, key: str | None) -> Holder:
    holder = credentials.holder(key)
    origins.check(request, holder)
    return holder


def _typed(body: Body, opened: Opened, type: str | None) -> Body:  # noqa: A002 - Segment's word
    """Return the body of one event with the type of its route where it says another or none; of two the last counts."""
    is_one = body.text[:1] == b"{" and not opened.is_batch
    if type is None or not is_one or opened.envelope.type == type:
        return body
    start = body.text[:-1].rstrip()
    comma = b"" if start == b"{" else b","
    return Body(start + comma + b'"type":"' + type.encode() + b'"}')
