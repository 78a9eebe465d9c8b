"""Personal links: made to be copied, shown once, listed without their token, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import customers
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import letters
from arbiter.voice.actions import links as verbs
from arbiter.voice.actions.letters import Copied
from arbiter.voice.queries import links
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks import chosen, question
from arbiter.workspace.asks.choice import numbers
from arbiter.workspace.asks.question import Question

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.voice.models import PersonalLink

STATES = {"open": "Open", "expired": "Its time is over", "revoked": "Revoked"}


@dataclass(frozen=True)
class Row:
    """A link in the list."""

    link: PersonalLink
    state: str
    may_be_revoked: bool


@open_to_colleagues("POST", needs=Permission.ASK_CUSTOMERS)
def create(request: SignedInRequest) -> HttpResponse:
    """Log what we believe, make the links, and show them: this once, for only their hashes are kept."""
    now = timezone.now()
    try:
        form = chosen.read(request.POST)
        asked = form.people(request.user)
        chosen.log_beliefs(form, by=request.user, at=now)
    except Refusal as refusal:
        messages.error(request, f"Nobody was asked. {refusal}")
        return redirect("workspace:asks")
    made = _made(request, asked, form.question, now)
    context = {
        "made": made,
        "crumbs": [{"label": "Asks", "url": reverse("workspace:asks")}, {"label": "Links"}],
        "now": now,
    }
    response = render(request, "workspace/asks/made.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """List a customer's links: whose, made by whom, until when; never where they lead."""
    pk = next(iter(numbers(request.GET, "customer")), 0)
    customer = get_object_or_404(customers.visible_to(request.user), pk=pk)
    now = timezone.now()
    context = {
        "customer": customer,
        "rows": [_row(link, now) for link in links.of_customer(customer.pk)[:200]],
        "columns": [{"label": label} for label in ("Whose", "Made", "Until", "State")]
        + [{"hidden_label": "Revoke"}],
        "may_revoke": request.user.may(Permission.ASK_CUSTOMERS),
        "crumbs": [{"label": "Asks", "url": reverse("workspace:asks")}, {"label": "Links"}],
        "now": now,
    }
    return render(request, "workspace/asks/links.html", context)


@open_to_colleagues("POST", needs=Permission.ASK_CUSTOMERS)
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a link open no more."""
    link = get_object_or_404(links.visible_to(request.user), pk=pk)
    verbs.revoke(link=link, by=request.user, at=timezone.now())
    messages.success(request, f"The link of {link.contact.name} opens no more.")
    return redirect(f"{reverse('workspace:asks-links')}?customer={link.contact.customer_id}")


def _made(
    request: SignedInRequest, asked: list[Contact], first: Question, now: datetime
) -> list[Copied]:
    ids = {contact.customer_id for contact in asked}
    goals = question.goals_of(ids, first, at=now)
    made = []
    for contact in asked:
        theirs = goals.get(contact.customer_id, [])
        try:
            made.append(
                letters.copy(
                    contact=contact, goals=theirs, first=first.first, by=request.user, at=now
                )
            )
        except Refusal as refusal:
            messages.warning(request, f"No link for {contact.name}: {refusal}")
    return made


def _row(link: PersonalLink, now: datetime) -> Row:
    state = links.state_of(link, at=now)
    return Row(link, STATES[state.value], state == links.LinkState.OPEN)
