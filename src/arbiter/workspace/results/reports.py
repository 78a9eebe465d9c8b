"""Reporting a result, with where it came from and what shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import results as actions
from arbiter.outcomes.queries import goals, results, revisions
from arbiter.outcomes.queries.choices import Provenance
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import DayField, NumberField, WordsField
from arbiter.workspace.replies import DatedForm, done, show

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.outcomes.models import Result, Revision


class ResultForm(DatedForm):
    """A value, of which measure, from where."""

    GROUPS = (
        ("What was measured", 2, ("value", "on", "measure")),
        ("Where it comes from", 2, ("provenance", "reported_by", "evidence")),
    )

    on = DayField(label="Measured on")
    value = NumberField(label="Value")
    measure = forms.ChoiceField(label="Of", required=False)
    provenance = forms.ChoiceField(
        label="Who says so",
        choices=[
            (Provenance.CUSTOMER, "The customer told us"),
            (Provenance.CSM, "We measured it"),
            (Provenance.USAGE, "It is read from usage"),
        ],
    )
    reported_by = forms.CharField(
        label="Name", max_length=254, required=False, help_text="You, unless another is named."
    )
    evidence = WordsField(
        label="What shows it", rows=2, required=False, help_text="A report, a screenshot, a mail."
    )

    def __init__(self, *args: Any, current: Revision | None, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["measure"].choices = list(_measures(current))  # type: ignore[attr-defined]
        self.fields["value"].suffix = current.unit if current else ""  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what was measured so far; a POST reports a result."""
    goal = get_object_or_404(goals.visible_to(request.user), pk=pk)
    now = timezone.now()
    here = reverse("workspace:goal", args=[goal.pk])
    current = revisions.current([goal.pk], as_of=now).get(goal.pk)
    form = ResultForm(request.POST or None, current=current, now=now)
    if form.keeps(actions.report, goal=goal, by=request.user):
        return done(request, "The result is on record. Do they know?", goal.customer, to=here)
    own: list[Result] = results.series([goal.pk], as_of=now).get(goal.pk, [])
    return show(
        request,
        "results/report",
        title="Report a result",
        now=now,
        customer=goal.customer,
        form=form,
        goal=goal,
        current=current,
        measured=own[::-1][:8],
        crumbs=[{"label": "Goal", "url": here}],
        save="Report it",
    )


def _measures(current: Revision | None) -> Any:
    yield "", (current.measure if current else "") or "The goal's own measure"
    if current and current.guard_measure:
        yield current.guard_measure, f"{current.guard_measure} (must not get worse)"
