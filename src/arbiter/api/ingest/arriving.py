"""The bytes of a request, read no further than a body may be long."""

from __future__ import annotations

from django.http import HttpRequest, UnreadablePostError

from arbiter.api.answers import NotTaken
from arbiter.usage.wire.bodies import too_large
from arbiter.usage.wire.limits import MOST_BYTES

_PART = 64 * 1024


def body(request: HttpRequest) -> bytes:
    """Return what was sent. Django's own bound on bodies is for forms, and is passed by on purpose.

    Raises:
        NotTaken: the client went away before all of it was here.
        Unreadable: it is larger than a body may be.
    """
    told = request.META.get("CONTENT_LENGTH") or ""
    if not told.isdigit():
        return _of_unknown_length(request)
    length = int(told)
    if length > MOST_BYTES:
        _let_go(request, length)
        raise too_large()
    try:
        found = request.read(length)
    except UnreadablePostError as wrong:
        raise _cut_off() from wrong
    if len(found) < length:
        raise _cut_off()
    return found


def _of_unknown_length(request: HttpRequest) -> bytes:
    """Read a body that comes in chunks: Django takes one without Content-Length for empty."""
    if request.META.get("HTTP_TRANSFER_ENCODING", "").lower() != "chunked":
        return b""
    stream = request.META["wsgi.input"]
    parts, size = [], 0
    while part := stream.read(_PART):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise too_large()
    return b"".join(parts)


def _let_go(request: HttpRequest, length: int) -> None:
    """Read past a body that is a little too large: a client hears no answer before it has sent all."""
    left = length if length <= 4 * MOST_BYTES else 0
    try:
        while left > 0 and (part := request.read(min(left, _PART))):
            left -= len(part)
    except UnreadablePostError as wrong:
        raise _cut_off() from wrong


def _cut_off() -> NotTaken:
    return NotTaken(400, "cut_off", "The body is shorter than its Content-Length.")
