"""The mailed code before a high-stakes answer, where the company's settings ask for one and mail can leave."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from arbiter.foundation.mail import outbox
from arbiter.portal import words
from arbiter.portal.access import Visit
from arbiter.voice.actions import codes
from arbiter.voice.actions.codes import CodeCheck

FIELD = "code"


def challenge(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """Return the page that asks for the code; None when none is needed or the right one came.

    What was answered waits in hidden fields of that page: nothing of it is kept until the code is right.

    Raises:
        Refusal: a code cannot be mailed.
    """
    if not visit.by_code or not outbox.delivers():
        return None
    typed = request.POST.get(FIELD, "")
    if not typed:
        codes.send(link=visit.link, at=visit.at, languages=(words.language(),))
        return _page(request, visit, "")
    outcome = codes.check(link=visit.link, typed=typed, at=visit.at)
    if outcome == CodeCheck.RIGHT:
        return None
    if outcome == CodeCheck.SPENT:
        codes.send(link=visit.link, at=visit.at, languages=(words.language(),))
    return _page(request, visit, words.plain(f"code_{outcome}"))


def _page(request: HttpRequest, visit: Visit, error: str) -> HttpResponse:
    kept = [(name, value) for name, value in request.POST.items() if name != FIELD]
    context = {"visit": visit, "kept": kept, "error": error, "action": request.get_full_path()}
    return render(request, "portal/code.html", context, status=422 if error else 200)
