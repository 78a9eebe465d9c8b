"""The letter: what they told us they want, where it stands, and two questions."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from arbiter.foundation.queries import company
from arbiter.outcomes.queries import milestones
from arbiter.outcomes.queries.choices import Judgement
from arbiter.portal import cards, history, words
from arbiter.portal.access import Visit
from arbiter.voice.queries import letters
from arbiter.voice.queries.choices import AskKind, Intent
from arbiter.voice.queries.letters import Order

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact

# A letter stays light: what goes beyond is on the pages of the goals.
MOST_STEPS = 4
MOST_SAID = 3
INTENTS = (Intent.YES, Intent.NOT_SURE, Intent.NO)
HEADINGS: dict[str, str] = {
    AskKind.INTENT: "heading_intent",
    AskKind.VERDICT: "heading_verdict",
    AskKind.GOAL: "heading_goal",
}


def page(
    request: HttpRequest, visit: Visit, *, chosen: str = "", judged: str = "", error: str = ""
) -> HttpResponse:
    """Draw the letter, with what was missing when it was sent incomplete."""
    order = letters.order_of(visit.link)
    context = compose(visit.contact, at=visit.at, order=order, chosen=chosen, judged=judged)
    context |= {"token": visit.token, "error": error, "submission": secrets.token_urlsafe(12)}
    return drawn(request, context, status=422 if error else 200)


def drawn(
    request: HttpRequest,
    context: dict[str, Any],
    template: str = "portal/letter.html",
    *,
    status: int = 200,
) -> HttpResponse:
    """Draw a page without the empty lines that templates leave: a phone on a train loads every byte."""
    page = render_to_string(template, context, request)
    return HttpResponse(re.sub(r"\n\s+", "\n", page), status=status)


def compose(
    contact: Contact, *, at: datetime, order: Order, chosen: str = "", judged: str = ""
) -> dict[str, Any]:
    """Gather what a letter to a contact shows: nothing but what belongs to their own customer.

    Args:
        contact: who reads it.
        at: the moment of reading.
        order: what is asked first.
        chosen: the answer that a link of the mail has chosen.
        judged: the verdict on the first goal that a link of the mail has chosen.
    """
    goals = cards.of(contact, as_of=at, order=order)
    if goals and judged in Judgement.values:
        goals[0] = replace(goals[0], chosen=judged)
    asked_first = chosen in Intent.values
    before, after = ([], goals) if asked_first else (goals[:1], goals[1:])
    term = letters.running_term(contact, as_of=at)
    return {
        **envelope(contact),
        "now": at,
        **_opening(order, goals, letters.first_name(contact.name)),
        "before": before,
        "after": after,
        "more": [card for card in goals if not card.drawn],
        "asks_after": any(card.asks for card in after),
        "intents": [_intent(value, chosen) for value in INTENTS],
        "ends_on": term.ends_on if term else None,
        "judgements": cards.judgements(),
        "helped": cards.helped(),
        "steps": _steps(contact),
        "said": history.of(contact, as_of=at, most=MOST_SAID),
    }


def _intent(value: Intent, chosen: str) -> dict[str, Any]:
    """One of the three answers, none more inviting than another."""
    return {
        "value": value,
        "label": words.plain(f"intent_{value}"),
        "help": words.plain(f"intent_{value}_help"),
        "tone": value,
        "checked": value == chosen,
    }


def _opening(order: Order, goals: list[cards.Card], name: str) -> dict[str, Any]:
    """What the letter begins with: its heading, and whether it asks for what they want, or whether that stands."""
    asks_goal = order.first == AskKind.GOAL
    heading = HEADINGS.get(order.first, "heading_intent")
    return {
        "heading": words.plain(heading, name=name),
        "asks_wish": asks_goal and not goals,
        "asks_still": goals[0].goal if asks_goal and goals else None,
    }


def envelope(contact: Contact) -> dict[str, Any]:
    """Return who writes to whom: what every page behind a link carries."""
    owner, vendor = contact.customer.owner, company.name()
    return {
        "contact": contact,
        "contact_name": contact.name,
        "first_name": letters.first_name(contact.name),
        "customer_name": contact.customer.name,
        "vendor_name": vendor,
        "help_address": owner.email if owner and owner.is_active else "",
        "who": words.plain("owner_at", owner=owner.name, vendor=vendor) if owner else vendor,
    }


def _steps(contact: Contact) -> list[dict[str, Any]]:
    """The path: the last steps done, the next one, and those that follow."""
    found = list(milestones.of(contact.customer))
    ahead = next((place for place, step in enumerate(found) if step.done_at is None), len(found))
    start = max(0, min(ahead - 2, len(found) - MOST_STEPS))
    return [
        {
            "title": step.title,
            "side": step.side,
            "state": "done" if step.done_at else "next" if place == ahead else "later",
            "at": step.done_at,
            "due": step.due_on,
        }
        for place, step in enumerate(found[start : start + MOST_STEPS], start)
    ]
