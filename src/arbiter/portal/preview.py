"""GET /p/preview/<contact>/: a colleague sees what the customer sees, and can send nothing from it."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from arbiter.accounts.queries import contacts
from arbiter.portal import letter, words
from arbiter.portal.access import PRIVATE
from arbiter.voice.queries import surveys
from arbiter.voice.queries.letters import SUBJECTS, Order


@require_safe
def show(request: HttpRequest, contact_pk: int) -> HttpResponse:
    """Draw the letter to a contact of a customer within the colleague's reach, with every form disabled."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    contact = get_object_or_404(contacts.visible_to(request.user), pk=contact_pk)
    with translation.override(words.spoken(surveys.languages_of(contact))):
        context = letter.compose(contact, at=timezone.now(), order=_order(request))
        response = letter.drawn(request, {**context, "preview": True})
    for header, value in PRIVATE.items():
        response.headers[header] = value
    return response


def _order(request: HttpRequest) -> Order:
    """What the letter would ask first, where it is being prepared."""
    first, goal = request.GET.get("first", ""), request.GET.get("goal", "")
    return Order(first, (goal,) if goal else ()) if first in SUBJECTS else Order()
