"""POST /surveys/<key>/asks/: ask those chosen, by mail or by links and codes to hand over."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from arbiter.accounts.queries import contacts
from arbiter.foundation.mail import outbox
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import survey_mails
from arbiter.voice.queries import surveys
from arbiter.voice.queries.survey_mails import VIA
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks.choice import numbers
from arbiter.workspace.surveys import doors, qr
from arbiter.workspace.surveys.preview import goal_of

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.voice.actions.letters import Copied
    from arbiter.voice.models import SurveyVersion

# As many as one page can show codes of, and one request can write.
MOST = 60


@open_to_colleagues("POST", needs=Permission.ASK_CUSTOMERS)
def create(request: SignedInRequest, key: str) -> HttpResponse:
    """Ask everybody chosen; whoever is not asked is named with the reason."""
    survey = doors.survey_of(key)
    version = doors.version_of(survey)
    chosen = _chosen(request)
    if not chosen:
        messages.error(request, "Nobody was chosen. Choose whom to ask.")
        return redirect("workspace:surveys-people", key)
    asked = _asked(request, version, chosen)
    if (ends := asked[0]["closes_at"]) and ends < asked[0]["at"]:
        messages.error(request, "“Open until” has gone by already. Nobody was asked.")
        again = urlencode({"contact": [each.pk for each in chosen]}, doseq=True)
        return redirect(f"{reverse('workspace:surveys-people', args=[key])}?{again}")
    if request.POST.get("how") == "link":
        return _links(request, version, asked)
    sent = sum(_sent(request, each) for each in asked)
    _tell(request, sent)
    return redirect("workspace:surveys-survey", key)


def _chosen(request: SignedInRequest) -> list[Contact]:
    """Those chosen who are within reach, by customer."""
    found = contacts.visible_to(request.user).filter(pk__in=numbers(request.POST, "contact")[:MOST])
    return list(found.order_by("customer__name", "customer_id", "pk"))


def _asked(
    request: SignedInRequest, version: SurveyVersion, chosen: list[Contact]
) -> list[dict[str, Any]]:
    """What the verb is told of each."""
    goals: dict[int, Any] = {}
    if surveys.is_for_goal(version):
        goals = goal_of(list({each.customer_id for each in chosen}))
    code = request.POST.get("language", "")
    whole = {
        "version": version,
        "language": code if code in surveys.wordings_of(version) else "",
        "closes_at": _end_of(request.POST.get("closes_on", "")),
        "by": request.user,
        "at": timezone.now(),
    }
    return [{"contact": each, "goal": goals.get(each.customer_id), **whole} for each in chosen]


def _end_of(day: str) -> datetime | None:
    """Return the end of a day; None where none is given."""
    try:
        found = parse_date(day)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(found, time(23, 59, 59))) if found else None


def _sent(request: SignedInRequest, asked: dict[str, Any]) -> bool:
    try:
        mailed = survey_mails.send(**asked)
    except Refusal as refusal:
        messages.warning(request, f"Not sent to {asked['contact'].name}: {refusal}")
        return False
    if mailed.link is None:
        messages.warning(request, f"Not sent: {mailed.because}")
    return mailed.link is not None


def _tell(request: SignedInRequest, sent: int) -> None:
    mails = "1 mail is" if sent == 1 else f"{sent} mails are"
    if not sent:
        messages.error(request, "Nobody was asked.")
    elif outbox.delivers():
        messages.success(request, f"{mails} on the way.")
    else:
        messages.success(
            request, f"{mails} in the outbox. There is no mail server, so nothing has left."
        )


def _links(
    request: SignedInRequest, version: SurveyVersion, asked: list[dict[str, Any]]
) -> HttpResponse:
    """Make the links and show them with their codes: this once, for only their hashes are kept."""
    made = [copied for each in asked if (copied := _copied(request, each))]
    context = {
        "survey": version.survey,
        "made": [
            {"copied": each, "code": qr.draw(f"{each.url}?{VIA}=qr"), "contact": each.link.contact}
            for each in made
        ],
        "crumbs": doors.crumbs(version.survey, "Links"),
    }
    response = render(request, "workspace/surveys/links.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _copied(request: SignedInRequest, asked: dict[str, Any]) -> Copied | None:
    try:
        return survey_mails.copy(**asked)
    except Refusal as refusal:
        messages.warning(request, f"No link for {asked['contact'].name}: {refusal}")
        return None
