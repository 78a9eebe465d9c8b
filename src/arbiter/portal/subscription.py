"""No more mail, all of it or some, and mail again. By one click from a mail program (RFC 8058), too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from arbiter.accounts.actions import contacts
from arbiter.portal import letter
from arbiter.portal.access import Visit, behind_a_link
from arbiter.voice.actions import subscriptions, suppressions
from arbiter.voice.actions.subscriptions import SOME
from arbiter.voice.queries import links
from arbiter.voice.queries import suppressions as held
from arbiter.voice.queries.links import LinkState

if TYPE_CHECKING:
    from arbiter.voice.models import Suppression

CAUSE = "unsubscribed"


@behind_a_link("GET", "POST", closed_too=True)
def unsubscription(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what stopping means; by POST, stop. An old link still stops: a wish does not expire.

    A mail program posts `List-Unsubscribe=One-Click` without cookies and wants a plain 200.
    """
    if request.method == "POST":
        scope = str(request.POST.get("scope", ""))
        subscriptions.stop(contact=visit.contact, at=visit.at, scope=scope)
    return _page(request, visit)


@behind_a_link("POST")
def create(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Let mail come again, all that they stopped themselves."""
    if visit.contact.unsubscribed_at is not None:
        contacts.resubscribe(contact=visit.contact, by=visit.contact, at=visit.at)
    for stopped in _stopped(visit):
        suppressions.lift(suppression=stopped, by=visit.contact, at=visit.at)
    return _page(request, visit)


def _stopped(visit: Visit) -> list[Suppression]:
    """What they stopped of their own will; what came back or was complained of is no matter of theirs to lift."""
    address = visit.contact.email
    found = held.of_address(address, at=visit.at) if address else []
    return [each for each in found if each.cause == CAUSE and each.contact_id == visit.contact.pk]


def _page(request: HttpRequest, visit: Visit) -> HttpResponse:
    is_open = links.state_of(visit.link, at=visit.at) == LinkState.OPEN
    scopes = {each.scope for each in _stopped(visit)} & set(SOME)
    context = {
        **letter.envelope(visit.contact),
        "token": visit.token,
        "open": is_open,
        "stopped": sorted(scopes, reverse=True),
        "may_stop": [each for each in SOME if each not in scopes] if visit.contact.email else [],
    }
    return render(request, "portal/unsubscription.html", context)
