"""Writing down a verdict that a contact gave to us: marked as on behalf, with what shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.accounts.rules import day
from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import verdicts as actions
from arbiter.outcomes.queries import attainment, goals
from arbiter.outcomes.queries.choices import Helped, Judgement
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import ContactField, DayField, WordsField
from arbiter.workspace.replies import DatedForm, done, show

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.outcomes.models import Goal

VERDICTS = [
    {"value": Judgement.ACHIEVED, "label": "Achieved", "tone": "achieved"},
    {"value": Judgement.PARTLY, "label": "Partly", "tone": "partly"},
    {"value": Judgement.NOT, "label": "Not achieved", "tone": "not"},
    {"value": Judgement.TOO_EARLY, "label": "Too early to say", "tone": "too_early"},
]


class VerdictForm(DatedForm):
    """What a contact judged, where they said so."""

    GROUPS = (
        ("Who judged, and when", 2, ("contact", "on")),
        ("What they said, and where", 1, ("helped", "comment", "evidence")),
    )

    on = DayField(label="Judged on")
    contact = ContactField(label="Who judged", empty_label="Choose one")
    verdict = forms.ChoiceField(label="Did they get it?", choices=Judgement.choices)
    helped = forms.ChoiceField(
        label="Did our product help?",
        choices=[("", "Not said"), *((each.value, each.label.capitalize()) for each in Helped)],
        required=False,
    )
    comment = WordsField(label="In their words", required=False)
    evidence = WordsField(
        label="What shows it",
        rows=2,
        help_text="The mail, the call and its day, the minutes: enough for a colleague to look it up.",
    )

    def __init__(self, *args: Any, goal: Goal, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        people = contacts.current(goal.customer, on=day(now))
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.RECORD_ON_BEHALF)
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what was judged; a POST writes down one more verdict on its contact's behalf."""
    goal = get_object_or_404(goals.visible_to(request.user), pk=pk)
    now = timezone.now()
    here = reverse("workspace:goal", args=[goal.pk])
    initial = {"contact": request.GET.get("contact") or goal.stated_by_id}
    form = VerdictForm(request.POST or None, goal=goal, now=now, initial=initial)
    if form.keeps(actions.give, goal=goal, by=request.user):
        said = f"{form.cleaned_data['contact'].name}'s verdict is on record, marked as on behalf."
        return done(request, said, goal.customer, to=here)
    return show(
        request,
        "goals/verdict",
        title="A verdict on their behalf",
        lead="The verdict is theirs. You only write down what they said, and where.",
        now=now,
        customer=goal.customer,
        form=form,
        goal=goal,
        verdicts=VERDICTS,
        standing=attainment.of_goal(goal, as_of=now),
        crumbs=[{"label": "Goal", "url": here}],
        save="Record it",
    )
