"""The letter: what they told us they want, where it stands, and two questions."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from arbiter.foundation.queries import company
from arbiter.outcomes.queries import milestones
from arbiter.portal import cards, history
from arbiter.portal.access import Visit, behind_a_link
from arbiter.voice.queries import letters
from arbiter.voice.queries.choices import Intent

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact

INTENTS = (
    (Intent.YES, "Yes", "We plan to continue"),
    (Intent.NOT_SURE, "Not sure", "Something has to change first"),
    (Intent.NO, "No", "We plan to leave"),
)


@behind_a_link("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Draw the letter; a link of the mail has one answer chosen, and records nothing."""
    return page(request, visit, chosen=request.GET.get("answer", ""))


def page(request: HttpRequest, visit: Visit, *, chosen: str = "", error: str = "") -> HttpResponse:
    """Draw the letter, with what was missing when it was sent incomplete."""
    context = compose(visit.contact, at=visit.at, chosen=chosen)
    context |= {"token": visit.token, "error": error, "submission": secrets.token_urlsafe(12)}
    return render(request, "portal/letter.html", context, status=422 if error else 200)


def compose(contact: Contact, *, at: datetime, chosen: str = "") -> dict[str, Any]:
    """Gather what a letter to a contact shows: nothing but what belongs to their own customer."""
    goals = cards.of(contact, as_of=at)
    first, rest = goals[:1], goals[1:]
    intents = [
        {"value": value, "label": label, "help": help_, "tone": value, "checked": value == chosen}
        for value, label, help_ in INTENTS
    ]
    asked_first = chosen in Intent.values
    term = letters.running_term(contact, as_of=at)
    return {
        **envelope(contact),
        "now": at,
        "before": [] if asked_first else first,
        "after": goals if asked_first else rest,
        "intents": intents,
        "ends_on": term.ends_on if term else None,
        "helped": cards.HELPED,
        "steps": _steps(contact),
        "said": history.of(contact, as_of=at),
    }


def envelope(contact: Contact) -> dict[str, Any]:
    """Return who writes to whom: what every page behind a link carries."""
    owner = contact.customer.owner
    return {
        "contact": contact,
        "contact_name": contact.name,
        "first_name": letters.first_name(contact.name),
        "customer_name": contact.customer.name,
        "vendor_name": company.name(),
        "owner_name": owner.name if owner else "",
    }


def _steps(contact: Contact) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = []
    for milestone in milestones.of(contact.customer):
        next_one = milestone.done_at is None and all(step["state"] == "done" for step in steps)
        state = "done" if milestone.done_at else "next" if next_one else "later"
        steps.append(
            {
                "title": milestone.title,
                "side": milestone.side,
                "state": state,
                "at": milestone.done_at,
                "due": milestone.due_on,
            }
        )
    return steps
