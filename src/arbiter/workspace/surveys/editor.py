"""/surveys/new/ and /surveys/<key>/versions/new/: write a survey, or ask something else in a new version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
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
from arbiter.workspace.surveys import doors
from arbiter.workspace.surveys.sheet import SheetForm

if TYPE_CHECKING:
    from arbiter.voice.models import Survey

KINDS = [
    ("custom", "A question of our own"),
    ("csat", "Satisfaction (CSAT)"),
    ("ces", "Effort (CES)"),
    ("nps", "Recommendation (NPS)"),
    ("check_in", "Check-in"),
    ("goal", "What they want"),
]
PURPOSES = [
    ("relationship", "To know how they feel about us: asked twice a year at most"),
    ("transactional", "After something happened: asked every three months at most"),
    ("outcome", "About the result they want: goes before the others"),
]


class NewForm(SheetForm):
    """A new survey, with what it is for."""

    name = forms.CharField(
        label="Name", max_length=200, help_text="Among ourselves; the customer does not see it."
    )
    kind = forms.ChoiceField(label="Counted as", choices=KINDS)
    purpose = forms.ChoiceField(label="What it is for", choices=PURPOSES)


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_SURVEYS)
def new(request: SignedInRequest) -> HttpResponse:
    """Show an empty sheet; keep what was written as a new survey."""
    form = NewForm(request.POST or None, initial={"first_type": "text", "scale": "1-5"})
    if request.method == "POST" and form.is_valid() and (made := _made(request, form)):
        messages.success(request, f"“{made.name}” can be asked now.")
        return redirect("workspace:surveys-survey", made.key)
    crumbs = [{"label": "Surveys", "url": reverse("workspace:surveys")}, {"label": "New"}]
    return _page(request, form, "New survey", reverse("workspace:surveys"), crumbs)


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_SURVEYS)
def revise(request: SignedInRequest, key: str) -> HttpResponse:
    """Show the sheet as it stands; keep what was written as a new version."""
    survey = doors.survey_of(key)
    own = reverse("workspace:surveys-survey", args=[key])
    if surveys.goes_by_letter(survey):
        messages.info(request, "What the letter asks stays as it is. Its words can be changed.")
        return redirect(own)
    version = doors.version_of(survey)
    worded = surveys.wording(version, doors.our_language())
    form = SheetForm(request.POST or None, version=version, words=worded.words)
    if request.method == "POST" and form.is_valid() and _revised(request, form, survey):
        messages.success(request, "From now on this is asked. Word it in the other languages, too.")
        return redirect(own)
    return _page(
        request, form, f"New version of {survey.name}", own, doors.crumbs(survey, "New version")
    )


def _made(request: SignedInRequest, form: NewForm) -> Survey | None:
    said, told = form.cleaned_data, form.told()
    whole = {name: said[name] for name in ("name", "kind", "purpose")}
    made: Survey | None = _tried(form, request, verbs.make, **whole, **told)
    return made


def _revised(request: SignedInRequest, form: SheetForm, survey: Survey) -> Any:
    return _tried(form, request, verbs.revise, survey=survey, **form.told())


def _tried(form: SheetForm, request: SignedInRequest, verb: Any, **told: Any) -> Any:
    """Call the verb; a refusal becomes an error of the form."""
    told["words"] = {doors.our_language(): told["words"]}
    try:
        return verb(by=request.user, at=timezone.now(), **told)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def _page(
    request: SignedInRequest,
    form: SheetForm,
    title: str,
    back: str,
    crumbs: list[dict[str, str]],
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back": back,
        "is_new": isinstance(form, NewForm),
        "language": surveys.language_name(doors.our_language()),
        "crumbs": crumbs,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/surveys/editor.html", context, status=status)
