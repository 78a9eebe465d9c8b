"""GET /p/<token>/: where a personal link leads: to the letter, or to the survey it was made to ask."""

from django.http import HttpRequest, HttpResponse

from arbiter.portal import letter, sittings, surveys
from arbiter.portal.access import Visit, behind_a_link
from arbiter.voice.queries.survey_mails import VIA


@behind_a_link("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Draw the page; a link of the mail has one answer chosen, and records nothing."""
    sitting = sittings.behind(visit, via=request.GET.get(VIA, ""))
    if sitting is not None:
        return surveys.page(request, sitting)
    chosen, judged = request.GET.get("answer", ""), request.GET.get("verdict", "")
    return letter.page(request, visit, chosen=chosen, judged=judged)
