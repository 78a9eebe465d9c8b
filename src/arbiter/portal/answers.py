"""POST /p/<token>/answers/: everything chosen in a letter, at once."""

from django.http import HttpRequest, HttpResponse

from arbiter.portal import letter, reply, words
from arbiter.portal.access import Visit, behind_a_link


@behind_a_link("POST")
def create(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Record the intent and the verdicts that were chosen; nothing chosen is told and asked again."""
    said = reply.read(request.POST, at=visit.at)
    if said.is_empty:
        return letter.page(request, visit, error=words.plain("nothing_chosen"))
    return reply.receive(request, visit, said)
