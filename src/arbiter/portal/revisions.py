"""POST /p/<token>/goals/<pk>/revisions/: the measure, the target or the date is not right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse

from arbiter.outcomes.actions import revisions as verbs
from arbiter.outcomes.queries import revisions
from arbiter.portal import agreed, corrections, goals, words
from arbiter.portal.access import Visit, behind_a_link

if TYPE_CHECKING:
    from arbiter.outcomes.models import Goal

# What can be misread, and has a name of its own when we say so.
CORRECTED = ("baseline", "target", "due_on")


class CorrectionForm(forms.Form):
    """What a contact may correct themselves. What is left empty stays as it was agreed."""

    measure = forms.CharField(max_length=200, required=False)
    unit = forms.CharField(max_length=60, required=False)
    baseline = forms.DecimalField(max_digits=24, decimal_places=6, required=False)
    target = forms.DecimalField(max_digits=24, decimal_places=6, required=False)
    due_on = forms.DateField(required=False)
    reason = forms.CharField(max_length=2_000)


@behind_a_link("POST")
def create(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """Agree anew what a goal is measured by; everything agreed before is kept."""
    goal = goals.theirs(visit, pk)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return goals.page(request, visit, goal, error=_what_is_wrong(form))
    said = dict(form.cleaned_data)
    reason = said.pop("reason")
    return corrections.record(
        request, visit, lambda: _revised(visit, goal, said, reason), note="revised"
    )


def _revised(visit: Visit, goal: Goal, said: dict[str, Any], reason: str) -> Goal:
    last = revisions.history(goal, as_of=visit.at).first()
    stands = agreed.fields_of(last)
    changed = {name: value for name, value in said.items() if value not in (None, "")}
    if last is None or any(stands[name] != value for name, value in changed.items()):
        verbs.revise(
            goal=goal,
            reason=reason,
            agreed_by=visit.contact,
            by=visit.contact,
            at=visit.at,
            **{**stands, **changed},
        )
    return goal


def _what_is_wrong(form: forms.Form) -> str:
    if "reason" in form.errors:
        return words.plain("say_why")
    what = next((name for name in form.errors if name in CORRECTED), "something")
    return words.plain("could_not_read", what=words.plain(f"wrong_{what}"))
