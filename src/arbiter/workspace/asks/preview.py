"""POST /asks/preview/: who gets what, before anything leaves. Records nothing."""

from __future__ import annotations

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
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks import chosen, people
from arbiter.workspace.asks.choice import numbers
from arbiter.workspace.asks.people import Group


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
    groups = people.groups(request.user, ids, at=now, chosen=form.contact_pks)
    reached = [reach for group in groups for reach in group.chosen]
    first = next((reach.contact for reach in reached if reach.may_be_mailed), asked[0])
    goals = people.asked_goals([first.customer_id], at=now) if form.verdicts else {}
    term = letters.running_term(first, as_of=now)
    mailed = sum(reach.may_be_mailed for reach in reached)
    context = {
        "form": form,
        "groups": groups,
        "mailed": mailed,
        "mail_text": "Send 1 letter" if mailed == 1 else f"Send {mailed} letters",
        "link_text": "Make 1 link" if len(asked) == 1 else f"Make {len(asked)} links",
        "meta": _meta(groups, len(asked), len(form.beliefs)),
        "first": first,
        "letter": letters.compose(
            contact=first, by=request.user, term=term, goals=goals.get(first.customer_id, ())
        ),
        "delivers": outbox.delivers(),
        "crumbs": [{"label": "Asks", "url": reverse("workspace:asks")}, {"label": "Preview"}],
        "now": now,
    }
    return render(request, "workspace/asks/preview.html", context)


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
    goals = people.asked_goals([contact.customer_id], at=now) if "verdicts" in request.GET else {}
    composed = letters.compose(
        contact=contact,
        by=request.user,
        term=letters.running_term(contact, as_of=now),
        goals=goals.get(contact.customer_id, ()),
    )
    return HttpResponse(composed.html)


def _once_more(request: SignedInRequest, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    where = reverse("workspace:asks-new")
    customers = "&".join(f"customer={each}" for each in numbers(request.POST, "customer"))
    return redirect(f"{where}?{customers}")
