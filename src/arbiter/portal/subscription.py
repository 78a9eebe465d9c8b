"""No more mail, and mail again. By one click from a mail program (RFC 8058), too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from arbiter.accounts.actions import contacts
from arbiter.portal import letter
from arbiter.portal.access import Visit, behind_a_link
from arbiter.voice.queries import links
from arbiter.voice.queries.links import LinkState


@behind_a_link("GET", "POST", closed_too=True)
def unsubscription(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what stopping means; by POST, stop. An old link still stops: a wish does not expire.

    A mail program posts `List-Unsubscribe=One-Click` without cookies and wants a plain 200.
    """
    if request.method == "POST" and visit.contact.unsubscribed_at is None:
        contacts.unsubscribe(contact=visit.contact, by=visit.contact, at=visit.at)
    return _page(request, visit)


@behind_a_link("POST")
def create(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Let mail come again."""
    if visit.contact.unsubscribed_at is not None:
        contacts.resubscribe(contact=visit.contact, by=visit.contact, at=visit.at)
    return _page(request, visit)


def _page(request: HttpRequest, visit: Visit) -> HttpResponse:
    is_open = links.state_of(visit.link, at=visit.at) == LinkState.OPEN
    context = {**letter.envelope(visit.contact), "token": visit.token, "open": is_open}
    return render(request, "portal/unsubscription.html", context)
