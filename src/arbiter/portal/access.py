"""The door of the portal: a personal link is the only authority, for one contact, until it expires."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from arbiter.foundation.refusals import Refusal
from arbiter.portal import languages, words
from arbiter.voice.actions.answers import AskClosed, NotAnAnswer
from arbiter.voice.actions.codes import NoAddress
from arbiter.voice.actions.links import TooMuchThroughThisLink
from arbiter.voice.queries import arrivals, links
from arbiter.voice.queries.arrivals import Arrival
from arbiter.voice.queries.links import FoundLink, LinkState

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Customer
    from arbiter.voice.models import PersonalLink

P = ParamSpec("P")

# A page behind a link is for one pair of eyes: not kept by a cache, not found by a search engine,
# and its address, which is a secret, not told to the next site.
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
# Refusals that a reader meets here, in their own language.
SENTENCES: dict[type[Refusal], str] = {
    TooMuchThroughThisLink: "too_much",
    NoAddress: "no_address",
    NotAnAnswer: "not_understood",
    AskClosed: "survey_closed",
}
# Hidden from people; what fills it in is no person.
TRAP = "website"


class SeeOther(HttpResponseRedirect):
    """What answers a POST: the page to GET next, whatever the method was (303)."""

    status_code = 303


@dataclass(frozen=True)
class Visit:
    """Somebody with a personal link, at a moment.

    `by_code`: what they answer needs a mailed code. `languages`: in which they read, the best first. `picked`: the
    language they picked on the page, if they did.
    """

    link: PersonalLink
    token: str
    at: datetime
    by_code: bool
    languages: tuple[str, ...] = ()
    picked: str = ""

    @property
    def contact(self) -> Contact:
        """Whose link it is."""
        return self.link.contact

    @property
    def customer(self) -> Customer:
        """The customer of the contact."""
        return self.link.contact.customer

    def url(self, name: str, *args: object, **query: str) -> str:
        """Return the address of a page behind the link, in the language that was picked."""
        return languages.address(name, self.token, *args, language=self.picked, **query)


def behind_a_link(
    *methods: str, closed_too: bool = False
) -> Callable[
    [Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]], Callable[..., HttpResponse]
]:
    """Open a view to whoever holds a personal link; anybody else gets a kind page that tells nothing.

    Exempt from CSRF by design: there is no cookie a foreign site could ride on. The token in the address
    is the authority, and who knows it can post anyway.

    Args:
        methods: what the view answers; HEAD comes with GET.
        closed_too: whether the view opens behind an expired or revoked link as well.
    """
    allowed = (*methods, *(("HEAD",) if "GET" in methods else ()))

    def decorate(
        view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(
            request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            response = _admit(request, token, view, allowed, closed_too, *args, **kwargs)
            return _private(response)

        guarded.behind_a_link = allowed  # type: ignore[attr-defined]
        return csrf_exempt(guarded)

    return decorate


def arrival(request: HttpRequest, visit: Visit) -> Arrival:
    """Return how something came in through a link."""
    return arrivals.through(
        visit.link, at=visit.at, trap=trap(request), user_agent=user_agent(request)
    )


def trap(request: HttpRequest) -> str:
    """Return what stands in the field that people cannot see."""
    return str(request.POST.get(TRAP, ""))


def user_agent(request: HttpRequest) -> str:
    """Return what the sender calls itself."""
    return str(request.headers.get("User-Agent", ""))


def _private(response: HttpResponse) -> HttpResponse:
    for header, value in PRIVATE.items():
        response.headers[header] = value
    # Django would write the address of a refused request, which is a secret, into the log.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _admit(
    request: HttpRequest,
    token: str,
    view: Callable[..., HttpResponse],
    allowed: tuple[str, ...],
    closed_too: bool,
    *args: Any,
    **kwargs: Any,
) -> HttpResponse:
    now, picked = timezone.now(), languages.picked(request)
    found = links.find(token, at=now)
    if found is None:
        asked = translation.get_language_from_request(request)
        with translation.override(words.spoken([picked, asked])):
            return render(request, "portal/closed.html", {"gone": False}, status=404)
    with translation.override(words.spoken([picked, *found.languages])):
        return _let_in(request, token, found, now, view, allowed, closed_too, *args, **kwargs)


def _let_in(
    request: HttpRequest,
    token: str,
    found: FoundLink,
    now: datetime,
    view: Callable[..., HttpResponse],
    allowed: tuple[str, ...],
    closed_too: bool,
    *args: Any,
    **kwargs: Any,
) -> HttpResponse:
    if found.state != LinkState.OPEN and not closed_too:
        return render(request, "portal/closed.html", {"gone": True}, status=410)
    if request.method not in allowed:
        return HttpResponseNotAllowed(allowed)
    try:
        picked = languages.picked(request)
        visit = Visit(found.link, token, now, found.by_code, found.languages, picked)
        return view(request, visit, *args, **kwargs)
    except TooMuchThroughThisLink as refusal:
        return refused(request, refusal, status=429)
    except Http404:
        return refused(request, words.plain("not_here"), status=404)


def refused(request: HttpRequest, refusal: Refusal | str, *, status: int = 422) -> HttpResponse:
    """Say in one sentence why nothing was recorded."""
    key = SENTENCES.get(type(refusal)) if isinstance(refusal, Refusal) else None
    sentence = words.plain(key) if key else str(refusal)
    return render(request, "portal/refused.html", {"sentence": sentence}, status=status)
