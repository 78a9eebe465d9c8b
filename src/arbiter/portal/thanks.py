"""GET /p/<token>/thanks/: what was recorded just now."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from arbiter.portal import history, letter
from arbiter.portal.access import Visit, behind_a_link

JUST_NOW = timedelta(minutes=15)


@behind_a_link("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what was recorded, as it was recorded; later, what they told us last."""
    told = history.of(visit.contact, as_of=visit.at)
    just_now = [each for each in told if visit.at - each.at <= JUST_NOW]
    context = {
        **letter.envelope(visit.contact),
        "token": visit.token,
        "now": visit.at,
        "just_now": just_now,
        "said": told,
    }
    return render(request, "portal/thanks.html", context)
