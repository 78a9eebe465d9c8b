"""POST /widget/questions/: is there something to ask this person? The vendor's product has signed who they are."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from arbiter.foundation.queries import company
from arbiter.foundation.refusals import Refusal
from arbiter.portal import words
from arbiter.portal.widget.tickets import SALT
from arbiter.voice.actions import widget as verbs
from arbiter.voice.queries import surveys, widget

USUAL = "nps"


@csrf_exempt
@require_http_methods(["POST", "OPTIONS"])
def create(request: HttpRequest) -> HttpResponse:
    """Tell the page of another origin which frame to open; 204 when there is nothing to ask.

    Exempt from CSRF by design: no cookie is read, the signature is the authority.
    """
    origin = str(request.headers.get("Origin", ""))
    if origin not in widget.origins():
        return JsonResponse({"error": "This origin may not ask."}, status=403)
    response = HttpResponse(status=204) if request.method == "OPTIONS" else _asked(request)
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Allow-Methods"] = "POST"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type"
    response.headers["Vary"] = "Origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked(request: HttpRequest) -> HttpResponse:
    now, said = timezone.now(), request.POST
    try:
        contact = widget.signed_for(
            contact_key=str(said.get("contact", "")),
            expires=str(said.get("expires", "")),
            signed=str(said.get("signature", "")),
            at=now,
        )
        ask = verbs.ask(contact=contact, survey_key=str(said.get("survey", "")) or USUAL, at=now)
    except widget.NotSigned as refusal:
        return JsonResponse({"error": str(refusal)}, status=403)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    if ask is None:
        return HttpResponse(status=204)
    with translation.override(words.spoken((ask.language, *surveys.languages_of(contact)))):
        ticket = signing.dumps(ask.pk, salt=SALT)
        answer = {
            "url": request.build_absolute_uri(reverse("portal:widget-letter", args=[ticket])),
            "number": ask.key,
            "title": words.plain("survey_title", vendor=company.name()),
            "close": words.plain("not_now"),
            "direction": words.direction(),
        }
        return JsonResponse(answer)
