"""GET /surveys/<key>/preview/: a survey as the person sees it, on a phone, on a desktop, in the mail. Records nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin

from arbiter.voice.queries import survey_mails, surveys
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks import question
from arbiter.workspace.asks.question import Question
from arbiter.workspace.surveys import doors

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.voice.models import Survey, SurveyVersion
    from arbiter.voice.queries.letters import AskedGoal, Letter

FRAMES = {"phone": "Phone", "desktop": "Desktop", "mail": "Mail"}


@open_to_colleagues("GET")
def show(request: SignedInRequest, key: str) -> HttpResponse:
    """Show one of the frames, in a language, for a contact."""
    survey = doors.survey_of(key)
    version = doors.version_of(survey, request.GET.get("version", ""))
    contact = doors.somebody(request)
    there = surveys.wordings_of(version)
    code = request.GET.get("language", "")
    wanted = (code,) if code in there else surveys.languages_of(contact) if contact else ("en",)
    worded = surveys.wording(version, wanted)
    frame = request.GET.get("frame", "")
    shown = frame if frame in FRAMES else "phone"
    kept = {"language": code, "contact": contact.pk if contact else "", **_numbered(request)}
    context = {
        "survey": survey,
        "contact": contact,
        "worded": worded,
        "frame": shown,
        "tabs": [
            {"label": label, "url": _address({**kept, "frame": each}), "current": each == shown}
            for each, label in FRAMES.items()
        ],
        "languages": [
            {"code": each, "name": surveys.language_name(each), "chosen": each == worded.language}
            for each in sorted(there)
        ],
        "kept": {**kept, "frame": shown},
        "frame_url": _frame_url(survey, version, contact, worded.language, shown),
        "mail": _letter(request, version, contact, worded.language) if contact else None,
        "by_letter": surveys.goes_by_letter(survey),
        "crumbs": doors.crumbs(survey, "Preview"),
    }
    return render(request, "workspace/surveys/preview.html", context)


@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]  # its type knows no view with an argument
    {
        "default-src": ["'none'"],
        "script-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "frame-ancestors": ["'self'"],
    }
)
@open_to_colleagues("GET")
def mail(request: SignedInRequest, key: str) -> HttpResponse:
    """Show the mail's HTML as a mail program would: with its own inline styles, and nothing that runs."""
    survey = doors.survey_of(key)
    version = doors.version_of(survey, request.GET.get("version", ""))
    contact = doors.somebody(request)
    if contact is None:
        raise Http404("There is nobody to write to yet.")
    return HttpResponse(_letter(request, version, contact, request.GET.get("language", "")).html)


def _letter(
    request: SignedInRequest, version: SurveyVersion, contact: Contact, language: str
) -> Letter:
    return survey_mails.compose(
        contact=contact,
        version=version,
        by=request.user,
        language=language,
        goal=goal_of([contact.customer_id]).get(contact.customer_id),
    )


def goal_of(customer_ids: list[int]) -> dict[int, AskedGoal]:
    """Return the goal of each customer that a survey would ask about: the one that was looked at longest ago."""
    asked = Question(first="goal", verdicts=False)
    found = question.goals_of(customer_ids, asked, at=timezone.now())
    return {customer_id: goals[0] for customer_id, goals in found.items() if goals}


def _frame_url(
    survey: Survey, version: SurveyVersion, contact: Contact | None, language: str, frame: str
) -> str:
    if contact is None:
        return ""
    asked: dict[str, Any] = {"language": language}
    if frame == "mail":
        asked |= {"contact": contact.pk, "version": version.number}
        return f"{reverse('workspace:surveys-mail', args=[survey.key])}?{urlencode(asked)}"
    goal = goal_of([contact.customer_id]).get(contact.customer_id)
    if surveys.goes_by_letter(survey):
        asked = {"first": survey.kind}
    else:
        asked |= {"survey": survey.key, "number": version.number}
    if goal is not None and surveys.is_for_goal(version):
        asked["goal"] = goal.key
    return f"{reverse('portal:preview', args=[contact.pk])}?{urlencode(asked)}"


def _numbered(request: SignedInRequest) -> dict[str, str]:
    number = request.GET.get("version", "")
    return {"version": number} if number else {}


def _address(kept: dict[str, Any]) -> str:
    return f"?{urlencode({name: value for name, value in kept.items() if value})}"
