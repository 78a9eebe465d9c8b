"""/surveys/<key>/calls/: how to ask by voice, and what they said: kept as theirs, marked as recorded on their behalf."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import discovery
from arbiter.voice.actions import survey_mails
from arbiter.voice.queries import surveys
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks.choice import numbers
from arbiter.workspace.fields import DayField, WordsField
from arbiter.workspace.surveys import doors
from arbiter.workspace.surveys.preview import goal_of

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.voice.models import SurveyVersion
    from arbiter.voice.queries.letters import AskedGoal
    from arbiter.voice.queries.surveys import Part, Worded

NOT_SAID = ("", "Not spoken of")


class CallForm(forms.Form):
    """What somebody said to each part, when and where."""

    said_on = DayField(label="When they said it")
    evidence = forms.CharField(
        label="Where they said it",
        help_text="A call, a meeting, a mail: enough for a colleague to look it up.",
        max_length=2_000,
    )

    def __init__(self, worded: Worded, words: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = surveys.parts_of(worded.version)
        for number, part in enumerate(self.parts):
            self.fields[f"part-{part.id}"] = _field(part, number, worded.version, words)

    def clean_said_on(self) -> date:
        """Refuse a day that is yet to come."""
        said_on: date = self.cleaned_data["said_on"]
        if said_on > timezone.now().date():
            raise forms.ValidationError("That day is yet to come.")
        return said_on

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the parts, in their order."""
        return [self[f"part-{part.id}"] for part in self.parts]

    def said(self) -> dict[str, str]:
        """What was said, by the id of its part."""
        said = ((part.id, self.cleaned_data[f"part-{part.id}"]) for part in self.parts)
        return {part_id: words.strip() for part_id, words in said if words and words.strip()}


@open_to_colleagues("GET", "POST", needs=Permission.RECORD_ON_BEHALF)
def record(request: SignedInRequest, key: str) -> HttpResponse:
    """Show how to ask by voice; keep what was said."""
    survey = doors.survey_of(key)
    contact = _contact(request)
    if surveys.goes_by_letter(survey):
        own = reverse("workspace:customer-answers", args=[contact.customer_id])
        return redirect(f"{own}?contact={contact.pk}")
    version = doors.version_of(survey)
    goal = goal_of([contact.customer_id]).get(contact.customer_id)
    about = goal if surveys.is_for_goal(version) else None
    code = request.GET.get("language", "")
    worded = surveys.wording(version, (code,) if code else surveys.languages_of(contact))
    words = surveys.filled(worded.words, contact, goal=about.statement if about else "")
    now = timezone.now()
    initial = {"said_on": now.date()}
    form = CallForm(worded, words, request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and _kept(request, form, worded, contact, about)
    ):
        return redirect("workspace:customer", contact.customer_id)
    return _page(request, form, worded, words, contact, about)


def _page(
    request: SignedInRequest,
    form: CallForm,
    worded: Worded,
    words: dict[str, Any],
    contact: Contact,
    goal: AskedGoal | None,
) -> HttpResponse:
    survey = worded.version.survey
    context = {
        "survey": survey,
        "contact": contact,
        "form": form,
        "worded": worded,
        "words": words,
        "lines": _script(worded, words),
        "lacks_goal": goal is None and surveys.is_for_goal(worded.version),
        "languages": [
            {"code": code, "name": surveys.language_name(code), "chosen": code == worded.language}
            for code in sorted(surveys.wordings_of(worded.version))
        ],
        "crumbs": doors.crumbs(survey, "Ask by voice"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/surveys/call.html", context, status=status)


def _kept(
    request: SignedInRequest,
    form: CallForm,
    worded: Worded,
    contact: Contact,
    goal: AskedGoal | None,
) -> bool:
    now = timezone.now()
    whole: dict[str, Any] = {
        "contact": contact,
        "by": request.user,
        "at": _moment(form.cleaned_data["said_on"], now),
        "recorded_at": now,
    }
    try:
        followed = _follow(form, worded, goal, whole)
    except Refusal as refusal:
        named = f"part-{form.parts[0].id if refusal.field == 'value' else refusal.field}"
        form.add_error(named if named in form.fields else None, str(refusal))
        return False
    messages.success(request, f"Recorded on behalf of {contact.name}.{followed}")
    return True


@transaction.atomic
def _follow(form: CallForm, worded: Worded, goal: AskedGoal | None, whole: dict[str, Any]) -> str:
    """Keep the answer, and what follows from it for goals, as one; say what did."""
    answer = survey_mails.record_call(
        version=worded.version,
        said=form.said(),
        evidence=form.cleaned_data["evidence"],
        language=worded.language,
        goal=goal,
        **whole,
    )
    found = discovery.follow(
        survey_key=worded.version.survey.key,
        value=answer.value,
        said=form.said(),
        goal_key=goal.key if goal else "",
        **whole,
    )
    if found is None:
        return ""
    return f" “{found.statement[:80]}” stands among their goals, in their words and written down by you."


def _contact(request: SignedInRequest) -> Contact:
    pk = next(iter(numbers(request.GET, "contact")), 0)
    found = contacts.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("Say whom you ask.")
    return found


def _field(part: Part, number: int, version: SurveyVersion, words: dict[str, Any]) -> forms.Field:
    own = words.get("question", "") if not number else words.get("parts", {}).get(part.id, "")
    told: dict[str, Any] = {"label": own or part.id, "required": not number}
    if part.type == surveys.PartType.SCALE:
        return forms.ChoiceField(choices=[NOT_SAID, *_steps(version, words)], **told)
    if part.type == surveys.PartType.CHOICE:
        labels = [(each, surveys.label_of(words, part.id, each) or each) for each in part.choices]
        return forms.ChoiceField(choices=[NOT_SAID, *labels], **told)
    if part.type == surveys.PartType.CONSENT:
        told["label"] = words.get("consent", "")
        return forms.ChoiceField(choices=[NOT_SAID, ("yes", "Yes"), ("no", "No")], **told)
    if part.type == surveys.PartType.TEXT:
        return WordsField(rows=2, max_length=10_000, **told)
    kind = "date" if part.type == surveys.PartType.DATE else "text"
    return forms.CharField(max_length=100, widget=forms.TextInput(attrs={"type": kind}), **told)


def _steps(version: SurveyVersion, words: dict[str, Any]) -> list[tuple[str, str]]:
    low, _, high = version.scale.partition("-")
    ends = {low: words.get("low", ""), high: words.get("high", "")}
    return [
        (each, f"{each} – {ends[each]}" if ends.get(each) else each)
        for each in surveys.steps_of(version)
    ]


def _script(worded: Worded, words: dict[str, Any]) -> list[dict[str, str]]:
    """What to say, line by line, and when."""
    parts = surveys.parts_of(worded.version)
    follows = surveys.follow_up_of(parts)
    lines = [{"when": "", "words": words.get("question", "")}]
    for part in parts[1:]:
        if part.type == surveys.PartType.CONSENT:
            lines.append({"when": "At the end", "words": words.get("consent", "")})
        elif part.id == follows and words.get("follow_up"):
            lines += _by_band(worded.version, words)
        else:
            lines.append({"when": "Then", "words": words.get("parts", {}).get(part.id, "")})
    return lines


def _by_band(version: SurveyVersion, words: dict[str, Any]) -> list[dict[str, str]]:
    """The open question after each band, with the answers that lie in it."""
    values = _values(version, words)
    lines = []
    for band in ("low", "middle", "high"):
        within = [label for value, label in values if surveys.band_of(version, value) == band]
        said = words["follow_up"].get(band, "")
        if within and said:
            joined = f"{within[0]} to {within[-1]}" if version.scale else ", ".join(within)
            lines.append(
                {"when": f"After {joined if len(within) > 1 else within[0]}", "words": said}
            )
    return lines


def _values(version: SurveyVersion, words: dict[str, Any]) -> list[tuple[str, str]]:
    """What can be answered to the first part, and how it is called."""
    if version.scale:
        return [(each, each) for each in surveys.steps_of(version)]
    first = surveys.parts_of(version)[0]
    return [(each, surveys.label_of(words, first.id, each) or each) for each in first.choices]


def _moment(said_on: date, now: datetime) -> datetime:
    """A day has no hour: today means now, an earlier day its noon."""
    if said_on >= now.date():
        return now
    return datetime(said_on.year, said_on.month, said_on.day, 12, tzinfo=now.tzinfo)
