"""The way to a survey and to a version of it: everybody may read what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse

from arbiter.accounts.queries import contacts
from arbiter.foundation.queries import company
from arbiter.voice.queries import surveys

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.voice.models import Survey, SurveyVersion
    from arbiter.workspace.access import SignedInRequest

PURPOSES = {
    "outcome": "Outcome question",
    "relationship": "Relationship survey",
    "transactional": "After something happened",
}
TYPES = {
    "scale": "A scale",
    "choice": "A choice",
    "text": "Words",
    "number": "A number",
    "date": "A day",
    "consent": "Consent to be quoted",
}


def survey_of(key: str) -> Survey:
    """Return a survey, or answer 404."""
    survey = surveys.by_key(key)
    if survey is None:
        raise Http404(f"There is no survey {key}.")
    return survey


def version_of(survey: Survey, number: str = "") -> SurveyVersion:
    """Return a version of a survey, the newest unless a number is given, or answer 404."""
    if not number:
        version = surveys.newest(survey)
    else:
        there = surveys.versions_of(survey)
        version = next((each for each in there if str(each.number) == number), None)
    if version is None:
        raise Http404(f"“{survey.name}” asks nothing yet.")
    version.survey = survey
    return version


def somebody(request: SignedInRequest) -> Contact | None:
    """Return the contact of `?contact=` within reach, or answer 404; without one the first who is there."""
    within = contacts.visible_to(request.user)
    said = request.GET.get("contact", "")
    if not said:
        return within.filter(left_on=None, customer__archived_at=None).order_by("pk").first()
    found = within.filter(pk=int(said)).first() if said.isdecimal() and len(said) < 19 else None
    if found is None:
        raise Http404("There is no such contact.")
    return found


def our_language() -> str:
    """Return the language this company writes in unless told otherwise."""
    ours = company.current()
    return ours.language if ours else "en"


def crumbs(survey: Survey, last: str = "") -> list[dict[str, str]]:
    """Return the way from the library to a page about a survey."""
    library = {"label": "Surveys", "url": reverse("workspace:surveys")}
    if not last:
        return [library, {"label": survey.name}]
    own = {"label": survey.name, "url": reverse("workspace:surveys-survey", args=[survey.key])}
    return [library, own, {"label": last}]


def scale_words(version: SurveyVersion) -> str:
    """Say the scale of a version and which end of it is good."""
    if not version.scale:
        return ""
    ends = version.scale.split("-")
    best = ends[1] if version.direction == "up" else ends[0]
    return f"{ends[0]} to {ends[1]}, {best} is best"


def languages_shown(wordings: dict[str, Any]) -> str:
    """Name the languages a version is worded in, in a few words."""
    codes = sorted(wordings)
    return ", ".join(codes) if len(codes) <= 3 else f"{len(codes)} languages"


def with_our_names(words: dict[str, Any]) -> dict[str, Any]:
    """Return words with our own name and currency filled in; what is the customer's stays open."""
    ours = company.current()
    known = {"vendor": ours.name, "currency": ours.currency} if ours else {}
    return surveys.filled_with(words, **known)
