"""What the door for events is measured against, in one server with it: a bare view, and a view that does nothing.

The bare view is what anyone would write first: decode the JSON, store the body by Django's own means, wait for the
disk. It has no middleware either. What does nothing is no view of Django: it is as fast as the server is.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from arbiter.config import wsgi
from arbiter.usage.models import Parcel

NOTHING, BARE, WITH_DJANGO = "/nothing", "/bare", "/nothing-by-django"
_HEADERS = [("Content-Type", "application/json"), ("Content-Length", "17")]


def bare(request: HttpRequest) -> HttpResponse:
    """Decode the body and commit one synced insert."""
    body = request.body
    text = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    events = len(json.loads(text)["batch"])
    _wait_for_the_disk()
    with transaction.atomic():
        Parcel.objects.create(
            source_id=1, received_at=timezone.now(), dialect="segment", events=events, body=body
        )
    return HttpResponse(b'{"success": true}', content_type="application/json")


def nothing_by_django(request: HttpRequest) -> HttpResponse:
    """Read the body and answer."""
    assert request.body
    return HttpResponse(b'{"success": true}', content_type="application/json")


urlpatterns = [path(BARE[1:], bare), path(WITH_DJANGO[1:], nothing_by_django)]


class _BareRequest(wsgi.DoorRequest):
    urlconf = __name__


class _BareHandler(wsgi.DoorHandler):
    request_class = _BareRequest


_bare = _BareHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer by what is named; all else is the product's own."""
    where = environ["PATH_INFO"]
    if where == NOTHING:
        environ["wsgi.input"].read()
        start_response("200 OK", _HEADERS)
        return [b'{"success": true}']
    if where in (BARE, WITH_DJANGO):
        answer: Iterable[bytes] = _bare(environ, start_response)
        return answer
    return wsgi.application(environ, start_response)


def _wait_for_the_disk() -> None:
    """Once for each connection."""
    if connection.vendor == "sqlite" and not getattr(connection, "waits_for_the_disk", False):
        connection.ensure_connection()
        connection.connection.execute("PRAGMA synchronous=FULL")
        connection.waits_for_the_disk = True  # type: ignore[attr-defined]
