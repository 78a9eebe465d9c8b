"""What opens the frame of the widget: an hour's ticket for one ask, signed by us. It is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from arbiter.portal import languages, words
from arbiter.portal.access import PRIVATE, refused
from arbiter.portal.sittings import Sitting
from arbiter.voice.queries import surveys, widget

P = ParamSpec("P")
SALT = "arbiter.portal.widget"
LIVES_SECONDS = 3600


def with_a_ticket(
    *methods: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Sitting, P], HttpResponse]], Callable[..., HttpResponse]
]:
    """Open a view to whoever holds a ticket, in a frame of the product's pages and nowhere else.

    Exempt from CSRF by design, as a personal link is: there is no cookie that a foreign page could ride on.
    """
    allowed = (*methods, *(("HEAD",) if "GET" in methods else ()))

    def decorate(
        view: Callable[Concatenate[HttpRequest, Sitting, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(
            request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            sitting = _sitting(request, token)
            if sitting is None:
                return _framed(render(request, "portal/closed.html", {"gone": True}, status=410))
            said = (sitting.picked, *surveys.languages_of(sitting.contact))
            with translation.override(words.spoken(said)):
                try:
                    return _framed(view(request, sitting, *args, **kwargs))
                except Http404:
                    return _framed(refused(request, words.plain("not_here"), status=404))

        return csrf_exempt(guarded)

    return decorate


def _sitting(request: HttpRequest, token: str) -> Sitting | None:
    try:
        ask = widget.ask_of(int(signing.loads(token, salt=SALT, max_age=LIVES_SECONDS)))
    except (signing.BadSignature, ValueError):
        return None
    if ask is None or ask.version is None:
        return None
    return Sitting(
        contact=ask.contact,
        version=ask.version,
        at=timezone.now(),
        ask=ask,
        token=token,
        prefix="widget-",
        language=ask.language,
        via="widget",
        picked=languages.picked(request),
    )


def _framed(response: HttpResponse) -> HttpResponse:
    """Let the product's pages frame this one, and no other."""
    for header, value in PRIVATE.items():
        response.headers[header] = value
    response.xframe_options_exempt = True
    response._csp_replace = {"frame-ancestors": list(widget.origins()) or ["'none'"]}  # type: ignore[attr-defined]
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
