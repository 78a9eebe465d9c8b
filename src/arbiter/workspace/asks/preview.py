"""POST /asks/preview/: who gets what, before anything leaves. Records nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin

from arbiter.accounts.queries import contacts
from arbiter.foundation.mail import outbox
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import letters
from arbiter.voice.queries.choices import AskKind
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks import chosen, people, question
from arbiter.workspace.asks.choice import numbers
from arbiter.workspace.asks.people import Group
from arbiter.workspace.asks.question import WANTED, WORDS, Question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from arbiter.accounts.models import Contact
    from arbiter.voice.queries.letters import AskedGoal


@open_to_colleagues("POST", needs=Permission.ASK_CUSTOMERS)
def show(request: SignedInRequest) -> HttpResponse:
    """Show who will be asked, who not and why, what is doubtful, and the first letter."""
    now = timezone.now()
    try:
        form = chosen.read(request.POST)
    except chosen.BeliefUnreadable as refusal:
        return _once_more(request, str(refusal))
    asked = form.people(request.user)
    if not asked:
        return _once_more(request, "Nobody was chosen. Choose whom to ask.")
    ids = [contact.customer_id for contact in asked]
    groups = people.groups(
        request.user,
        ids,
        at=now,
        chosen=form.contact_pks,
        warns=form.question.first == AskKind.INTENT,
    )
    reached = [reach for group in groups for reach in group.chosen]
    first = next((reach.contact for reach in reached if reach.may_be_mailed), asked[0])
    mailed = sum(reach.may_be_mailed for reach in reached)
    context = {
        "form": form,
        "groups": groups,
        "mailed": mailed,
        "mail_text": "Send 1 letter" if mailed == 1 else f"Send {mailed} letters",
        "link_text": "Make 1 link" if len(asked) == 1 else f"Make {len(asked)} links",
        "meta": _meta(groups, len(asked), len(form.beliefs)),
        **_letter(request, first, form.question, now),
        "delivers": outbox.delivers(),
        "crumbs": [{"label": "Asks", "url": reverse("workspace:asks")}, {"label": "Preview"}],
        "now": now,
    }
    return render(request, "workspace/asks/preview.html", context)


def _letter(
    request: SignedInRequest, contact: Contact, asked: Question, now: datetime
) -> dict[str, Any]:
    """The letter of the first of them, what it asks first, and where its page and its HTML are shown."""
    goals = _goals(contact, asked, now)
    opens = letters.opening(asked.first, goals)
    page = [("first", str(opens)), *([("goal", goals[0].key)] if goals else [])]
    return {
        "first": contact,
        "letter": _composed(request, contact, asked, goals, now),
        "opens": WORDS[opens][0] if goals or opens == AskKind.INTENT else WANTED[0],
        "lead_goal": goals[0].statement if goals and opens != AskKind.INTENT else "",
        "page_url": f"{reverse('portal:preview', args=[contact.pk])}?{urlencode(page)}",
        "letter_url": f"{reverse('workspace:asks-letter', args=[contact.pk])}?{urlencode(asked.fields)}",
    }


def _composed(
    request: SignedInRequest,
    contact: Contact,
    asked: Question,
    goals: Sequence[AskedGoal],
    now: datetime,
) -> letters.Letter:
    term = letters.running_term(contact, as_of=now)
    return letters.compose(
        contact=contact, by=request.user, term=term, goals=goals, first=asked.first
    )


def _goals(contact: Contact, asked: Question, now: datetime) -> Sequence[AskedGoal]:
    return question.goals_of([contact.customer_id], asked, at=now).get(contact.customer_id, [])


def _meta(groups: list[Group], asked: int, beliefs: int) -> list[dict[str, str]]:
    """What the form holds, under the title."""
    told = [
        ("People", asked, "person", "people", "users"),
        ("Customers", len(groups), "customer", "customers", "building-2"),
        ("Beliefs", beliefs, "belief logged first", "beliefs logged first", "lock"),
    ]
    return [
        {"term": term, "value": f"{count} {one if count == 1 else many}", "icon": icon}
        for term, count, one, many, icon in told
        if count
    ]


@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]  # its type knows no view with an argument
    {
        "default-src": ["'none'"],
        "script-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "frame-ancestors": ["'self'"],
    }
)
@open_to_colleagues("GET", needs=Permission.ASK_CUSTOMERS)
def letter(request: SignedInRequest, contact_pk: int) -> HttpResponse:
    """Show a letter's HTML as a mail program would: with its own inline styles, and nothing that runs."""
    contact = get_object_or_404(contacts.visible_to(request.user), pk=contact_pk)
    now = timezone.now()
    asked = question.read(request.GET)
    goals = _goals(contact, asked, now)
    return HttpResponse(_composed(request, contact, asked, goals, now).html)


def _once_more(request: SignedInRequest, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    kept = [("customer", str(each)) for each in numbers(request.POST, "customer")]
    kept += question.read(request.POST, verdicts=False).fields
    return redirect(f"{reverse('workspace:asks-new')}?{urlencode(kept)}")
