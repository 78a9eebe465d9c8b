"""/w/<ticket>/…: the survey in the frame, as it is behind a link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from arbiter.portal import access, letter, surveys, words
from arbiter.portal.sittings import Sitting
from arbiter.portal.surveys import Sent
from arbiter.portal.widget.tickets import with_a_ticket
from arbiter.voice.actions import openings
from arbiter.voice.queries import widget
from arbiter.voice.queries.arrivals import Arrival


@with_a_ticket("GET")
def show(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Draw the question."""
    return surveys.page(request, sitting)


@with_a_ticket("POST")
def create(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Record what was chosen."""
    if widget.is_flooded(sitting.contact, at=sitting.at):
        return access.refused(request, words.plain("too_much"), status=429)
    return surveys.answer(request, sitting, Sent(request.POST, _arrival(request, sitting)))


@with_a_ticket("GET", "POST")
def response(request: HttpRequest, sitting: Sitting, pk: int) -> HttpResponse:
    """Draw what may be added; by POST, add it."""
    kept = surveys.answer_of(sitting, pk)
    if request.method == "POST":
        sent = Sent(request.POST, _arrival(request, sitting))
        return surveys.complete(request, sitting, kept, sent)
    return surveys.more(request, sitting, kept)


@with_a_ticket("GET")
def thanks(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Say thank you, in the survey's own words."""
    context = {**letter.envelope(sitting.contact), "said": sitting.words}
    return render(request, "portal/widget_thanks.html", context)


@with_a_ticket("POST")
def opening(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Keep when a person was first seen at the question."""
    openings.note_ask(ask=sitting.ask, arrival=_arrival(request, sitting))
    return HttpResponse(status=204)


def _arrival(request: HttpRequest, sitting: Sitting) -> Arrival:
    return Arrival(at=sitting.at, trap=access.trap(request), user_agent=access.user_agent(request))
