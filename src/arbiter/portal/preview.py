"""GET /p/preview/<contact>/: a colleague sees what the customer sees, and can send nothing from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from arbiter.accounts.queries import contacts
from arbiter.portal import languages, letter, surveys, words
from arbiter.portal.access import PRIVATE
from arbiter.portal.sittings import Sitting
from arbiter.voice.queries import surveys as known
from arbiter.voice.queries.letters import OPENINGS, Order

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]  # its type knows no view with an argument
def show(request: HttpRequest, contact_pk: int) -> HttpResponse:
    """Draw the letter to a contact of a customer within the colleague's reach, with every form disabled."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    contact = get_object_or_404(contacts.visible_to(request.user), pk=contact_pk)
    sitting = _sitting(request, contact)
    said = (languages.picked(request), *known.languages_of(contact))
    with translation.override(words.spoken(said)):
        if sitting is not None:
            return _private(surveys.page(request, sitting))
        context = letter.compose(contact, at=timezone.now(), order=_order(request))
        return _private(letter.drawn(request, {**context, "preview": True}))


def _private(response: HttpResponse) -> HttpResponse:
    for header, value in PRIVATE.items():
        response.headers[header] = value
    return response


def _sitting(request: HttpRequest, contact: Contact) -> Sitting | None:
    """The survey that is looked at, in a version and a language, instead of the letter."""
    survey = known.by_key(request.GET.get("survey", ""))
    if survey is None:
        return None
    versions = {str(each.number): each for each in known.versions_of(survey)}
    version = versions.get(request.GET.get("number", "")) or known.newest(survey)
    if version is None:
        return None
    language = request.GET.get("language", "")
    picked = languages.picked(request)
    return Sitting(
        contact=contact, version=version, at=timezone.now(), language=language, picked=picked
    )


def _order(request: HttpRequest) -> Order:
    """What the letter would ask first, where it is being prepared."""
    first, goal = request.GET.get("first", ""), request.GET.get("goal", "")
    return Order(first, (goal,) if goal else ()) if first in OPENINGS else Order()
