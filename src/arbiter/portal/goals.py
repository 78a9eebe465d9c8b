"""The goals of the contact's customer: one of them in full, and a new one in their own words."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from arbiter.outcomes.actions import goals as verbs
from arbiter.outcomes.queries import goals, revisions
from arbiter.outcomes.queries.choices import WhoseWords
from arbiter.portal import cards, corrections, letter, words
from arbiter.portal.access import Visit, behind_a_link, refused
from arbiter.portal.reply import written

if TYPE_CHECKING:
    from arbiter.outcomes.models import Goal

NOTES = frozenset({"stated", "confirmed", "revised", "restated"})


@behind_a_link("POST")
def create(request: HttpRequest, visit: Visit) -> HttpResponse:
    """State a goal in the customer's own words; the same words again are the same goal."""
    statement = written(request.POST, "statement")
    if not statement:
        return refused(request, words.plain("nothing_written"))
    return corrections.record(request, visit, lambda: _stated(visit, statement), note="stated")


@behind_a_link("GET")
def show(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """Show one goal with everything agreed about it, and what can be said or corrected."""
    noted = request.GET.get("noted", "")
    note = words.plain(f"noted_{noted}") if noted in NOTES else ""
    return page(request, visit, theirs(visit, pk), note=note)


def page(
    request: HttpRequest, visit: Visit, goal: Goal, *, note: str = "", error: str = ""
) -> HttpResponse:
    """Draw a goal's page."""
    card = cards.one(goal, visit.contact, as_of=visit.at)
    if card is None:
        raise Http404
    context = {
        **letter.envelope(visit.contact),
        "token": visit.token,
        "now": visit.at,
        "submission": secrets.token_urlsafe(12),
        "card": card,
        "judgements": cards.judgements(),
        "helped": cards.helped(),
        "revisions": revisions.history(goal, as_of=visit.at),
        "note": note,
        "error": error,
    }
    return render(request, "portal/goal.html", context, status=422 if error else 200)


def theirs(visit: Visit, pk: int) -> Goal:
    """Return a goal of the contact's customer; anybody else's does not exist here."""
    found: Goal = get_object_or_404(goals.of(visit.customer, as_of=visit.at), pk=pk)
    return found


def _stated(visit: Visit, statement: str) -> Goal:
    same = goals.of(visit.customer, as_of=visit.at).filter(statement=statement).first()
    return same or verbs.state(
        customer=visit.customer,
        statement=statement,
        whose_words=WhoseWords.CUSTOMER,
        stated_by=visit.contact,
        by=visit.contact,
        at=visit.at,
    )
