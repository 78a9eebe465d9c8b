"""/surveys/<key>/wordings/?language=de: say the newest version in a language, beside how another one says it."""

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
from arbiter.voice.queries.surveys import PartType
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.surveys import doors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from arbiter.voice.models import SurveyVersion

BAND_LABELS = {
    "low": "After a bad answer",
    "middle": "After one in between",
    "high": "After a good one",
}


class WordingForm(forms.Form):
    """The words of a version: one field for each, with how the other language says it below."""

    def __init__(
        self,
        slots: list[tuple[str, str]],
        source: Mapping[str, Any],
        language: str,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.slots = slots
        side = "rtl" if surveys.is_right_to_left(language) else "ltr"
        for path, label in slots:
            self.fields[path] = forms.CharField(
                label=label,
                help_text=_at(source, path),
                required=path not in ("help", "thanks") and not path.startswith("follow_up."),
                max_length=1_000,
                widget=forms.TextInput(attrs={"lang": language, "dir": side}),
            )

    @property
    def rows(self) -> list[forms.BoundField]:
        """The fields in their order."""
        return [self[path] for path, _ in self.slots]

    def words(self) -> dict[str, Any]:
        """What was written, as a wording is kept."""
        found: dict[str, Any] = {}
        for path, _ in self.slots:
            said = self.cleaned_data[path].strip()
            head, _, rest = path.partition(".")
            if rest and said:
                found.setdefault(head, {})[rest] = said
            elif said:
                found[head] = said
        return found


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_SURVEYS)
def word(request: SignedInRequest, key: str) -> HttpResponse:
    """Show the words of a language, or the empty sheet of a new one; keep what was written."""
    survey = doors.survey_of(key)
    version = doors.version_of(survey)
    language = request.GET.get("language", "").strip()
    own = reverse("workspace:surveys-survey", args=[key])
    if not language:
        return redirect(own)
    there = surveys.wordings_of(version)
    source = surveys.wording(version, _beside(language, there))
    slots = list(dict(_slots(version, source.words)).items())
    form = WordingForm(
        slots,
        source.words,
        language,
        request.POST or None,
        initial={path: _at(there.get(language, {}), path) for path, _ in slots},
    )
    if request.method == "POST" and form.is_valid() and _kept(request, form, version, language):
        messages.success(request, f"Said in {surveys.language_name(language)}.")
        return redirect(own)
    context = {
        "survey": survey,
        "version": version,
        "form": form,
        "language": language,
        "name": surveys.language_name(language),
        "source": surveys.language_name(source.language),
        "back": own,
        "crumbs": doors.crumbs(survey, surveys.language_name(language)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/surveys/wording.html", context, status=status)


def _kept(
    request: SignedInRequest, form: WordingForm, version: SurveyVersion, language: str
) -> bool:
    try:
        verbs.word(
            version=version,
            language=language,
            words=form.words(),
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _beside(language: str, there: Mapping[str, Any]) -> list[str]:
    """Which language to show beside: ours, or else any other."""
    ours = [doors.our_language(), "en", *there]
    return [each for each in ours if each != language] or [language]


def _slots(version: SurveyVersion, source: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Everything that is to be said, by its place in the words."""
    parts = surveys.parts_of(version)
    yield "subject", "Subject of the mail"
    yield "question", "The question"
    yield "help", "The line below it"
    if parts[0].type == PartType.SCALE:
        yield "low", "The low end is called"
        yield "high", "The high end is called"
    for number, part in enumerate(parts):
        if part.type == PartType.CONSENT:
            yield "consent", "Asking to be quoted"
        elif number:
            yield f"parts.{part.id}", f"Question {number + 1}"
        for choice in part.choices:
            own = f"{part.id}.{choice}"
            place = own if own in source.get("choices", {}) else choice
            yield f"choices.{place}", f"A choice of question {number + 1}"
    if surveys.follow_up_of(parts):
        for band, label in BAND_LABELS.items():
            yield f"follow_up.{band}", label
    yield "thanks", "Thanks, at the end"


def _at(words: Mapping[str, Any], path: str) -> str:
    """Return what words say at a place such as `choices.yes`; a name may hold a dot itself."""
    head, _, rest = path.partition(".")
    found = words.get(head, "")
    if not rest:
        return str(found)
    return str(found.get(rest, "")) if isinstance(found, dict) else ""
