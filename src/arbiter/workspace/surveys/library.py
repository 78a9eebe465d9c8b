"""GET /surveys/: what can be asked. GET /surveys/<key>/: one survey, its words and versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import surveys as verbs
from arbiter.voice.queries import surveys
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.locales import LANGUAGES
from arbiter.workspace.surveys import doors

if TYPE_CHECKING:
    from arbiter.voice.models import Survey, SurveyVersion
    from arbiter.voice.queries.surveys import Part

COLUMNS: list[dict[str, Any]] = [
    {"label": "Survey", "width": "wide"},
    {"label": "What it is for"},
    {"label": "Scale"},
    {"label": "Version", "number": True},
    {"label": "Languages"},
]


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """List what can be asked; with `show=archived` what was put away."""
    away = request.GET.get("show") == "archived"
    found = surveys.archived() if away else surveys.standing()
    context = {
        "rows": rows(found),
        "columns": COLUMNS,
        "away": away,
        "may_edit": request.user.may(Permission.EDIT_SURVEYS),
        "tabs": [
            {"label": "In use", "url": "?", "current": not away},
            {"label": "Archived", "url": "?show=archived", "current": away},
        ],
        "crumbs": [{"label": "Surveys"}],
    }
    return render(request, "workspace/surveys/index.html", context)


@open_to_colleagues("GET")
def show(request: SignedInRequest, key: str) -> HttpResponse:
    """Show what a survey asks, in which words and languages, and what it asked before."""
    survey = doors.survey_of(key)
    version = doors.version_of(survey, request.GET.get("version", ""))
    worded = surveys.wording(version, request.GET.get("language", "") or doors.our_language())
    words = doors.with_our_names(worded.words)
    newest = surveys.newest(survey)
    context = {
        "survey": survey,
        "version": version,
        "is_newest": newest is not None and newest.number == version.number,
        "worded": worded,
        "language": surveys.language_name(worded.language),
        "words": words,
        "asked": _asked(version, words),
        "offered": _offered(version),
        "purpose": doors.PURPOSES[survey.purpose],
        "scale": doors.scale_words(version),
        "by_letter": surveys.goes_by_letter(survey),
        "ask_url": _ask_url(survey),
        "languages": _languages(version),
        "versions": surveys.versions_of(survey),
        "may_edit": request.user.may(Permission.EDIT_SURVEYS),
        "may_ask": request.user.may(Permission.ASK_CUSTOMERS),
        "crumbs": doors.crumbs(survey),
    }
    return render(request, "workspace/surveys/survey.html", context)


@open_to_colleagues("POST", needs=Permission.EDIT_SURVEYS)
def archive(request: SignedInRequest, key: str) -> HttpResponse:
    """Put a survey away."""
    return _moved(request, key, verbs.archive, "is archived: it is not asked any more")


@open_to_colleagues("POST", needs=Permission.EDIT_SURVEYS)
def restore(request: SignedInRequest, key: str) -> HttpResponse:
    """Take a survey out again."""
    return _moved(request, key, verbs.restore, "can be asked again")


def _moved(
    request: SignedInRequest, key: str, verb: Callable[..., Survey], said: str
) -> HttpResponse:
    survey = doors.survey_of(key)
    try:
        verb(survey=survey, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{survey.name}” {said}.")
    return redirect("workspace:surveys")


def rows(found: list[Survey]) -> list[dict[str, Any]]:
    """One row per survey: two queries for all of them."""
    asked = surveys.newest_of(found)
    worded = surveys.wordings_of_many(asked.values())
    ours = doors.our_language()
    questions = doors.with_our_names(
        {key: surveys.best_of(words, (ours,)).get("question", "") for key, words in worded.items()}
    )
    return [
        _row(survey, asked[survey.key], worded[survey.key], questions[survey.key])
        for survey in found
        if survey.key in asked
    ]


def _row(
    survey: Survey, version: SurveyVersion, worded: dict[str, Any], question: str
) -> dict[str, Any]:
    return {
        "survey": survey,
        "version": version,
        "question": question,
        "purpose": doors.PURPOSES[survey.purpose],
        "scale": doors.scale_words(version),
        "languages": doors.languages_shown(worded),
    }


def _asked(version: SurveyVersion, words: dict[str, Any]) -> list[dict[str, Any]]:
    """Each part with its words: what the page asks, in its order."""
    parts = surveys.parts_of(version)
    follows = surveys.follow_up_of(parts) if words.get("follow_up") else ""
    steps = surveys.steps_of(version)
    return [
        _part(part, number, words, part.id == follows)
        | {"steps": steps if part.type == surveys.PartType.SCALE else ()}
        for number, part in enumerate(parts)
    ]


def _part(part: Part, number: int, words: dict[str, Any], follows: bool) -> dict[str, Any]:
    said = words.get("parts", {}).get(part.id, "") if number else words.get("question", "")
    bands = words.get("follow_up", {})
    return {
        "number": number + 1,
        "type": doors.TYPES[part.type],
        "is_scale": part.type == surveys.PartType.SCALE,
        "words": words.get("consent", "") if part.type == surveys.PartType.CONSENT else said,
        "choices": [surveys.label_of(words, part.id, each) or each for each in part.choices],
        "bands": [
            {"band": band, "words": bands.get(name, "")}
            for name, band in (("low", "Low"), ("middle", "Middle"), ("high", "High"))
        ]
        if follows
        else [],
    }


def _languages(version: SurveyVersion) -> list[dict[str, Any]]:
    """Each language there are words in, and what is still unsaid there."""
    return [
        {
            "code": code,
            "name": surveys.language_name(code),
            "missing": surveys.missing_in(version, words),
        }
        for code, words in sorted(surveys.wordings_of(version).items())
    ]


def _offered(version: SurveyVersion) -> list[dict[str, str]]:
    """Languages to translate into: those there are no words in yet; any other goes by its address."""
    there = surveys.wordings_of(version)
    named = ((code, surveys.language_name(code)) for code in LANGUAGES if code not in there)
    return [{"code": code, "name": name} for code, name in named]


def _ask_url(survey: Survey) -> str:
    if surveys.goes_by_letter(survey):
        return f"{reverse('workspace:asks-new')}?kind={survey.kind}"
    return reverse("workspace:surveys-people", args=[survey.key])
