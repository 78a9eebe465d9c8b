"""POST /p/<token>/opening/: a person is here, as a small script of the page tells once somebody pressed or typed."""

from django.http import HttpRequest, HttpResponse

from arbiter.portal import access
from arbiter.portal.access import Visit, behind_a_link
from arbiter.voice.actions import openings


@behind_a_link("POST")
def create(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keep when the page was first opened; what a machine sends is not kept."""
    openings.note(link=visit.link, arrival=access.arrival(request, visit))
    return HttpResponse(status=204)
