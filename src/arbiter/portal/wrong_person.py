"""/p/<token>/wrong-person/: this link is not mine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from arbiter.portal import access, letter, words
from arbiter.portal.access import Visit, behind_a_link
from arbiter.voice.actions import links
from arbiter.voice.queries import arrivals


@behind_a_link("GET", "POST")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Explain what to do with somebody else's link; by POST, close it."""
    if request.method != "POST":
        context = {
            **letter.envelope(visit.contact),
            "token": visit.token,
            "letter_url": visit.url("letter"),
        }
        return render(request, "portal/wrong_person.html", context)
    if arrivals.judge(access.arrival(request, visit)):
        return access.refused(request, words.plain("no_person"))
    links.report_wrong_person(link=visit.link, at=visit.at)
    return render(request, "portal/wrong_person_done.html")
