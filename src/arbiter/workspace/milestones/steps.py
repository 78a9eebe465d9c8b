"""The steps to a goal, in order, each owned by one side."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import milestones as actions
from arbiter.outcomes.queries import goals, milestones
from arbiter.outcomes.queries.choices import Side
from arbiter.usage.queries import behaviour_sets
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import DayField, SetField
from arbiter.workspace.replies import GroupedForm, done, show


class MilestoneForm(GroupedForm):
    """A step."""

    GROUPS = (("Another step", 2, ("title", "side", "due_on", "behaviour_set")),)

    title = forms.CharField(
        label="Step",
        max_length=300,
        help_text="Going live and using a feature are steps.",
    )
    side = forms.ChoiceField(
        label="Whose step is it?",
        choices=[(Side.OURS, "Ours"), (Side.THEIRS, "Theirs")],
    )
    due_on = DayField(label="By when", required=False)
    behaviour_set = SetField(
        queryset=None,
        label="Done once their people did",
        required=False,
        empty_label="Somebody says so",
        help_text="A set of behaviours that is looked for.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["behaviour_set"].queryset = behaviour_sets.standing()  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the path to a goal; a POST adds a step at its end."""
    goal = get_object_or_404(goals.visible_to(request.user), pk=pk)
    now = timezone.now()
    form = MilestoneForm(request.POST or None)
    if form.keeps(actions.add, customer=goal.customer, goal=goal, by=request.user, at=now):
        here = reverse("workspace:goal-milestones", args=[goal.pk])
        return done(request, "The step is on the path.", goal.customer, to=here)
    return show(
        request,
        "milestones/steps",
        title="Path",
        now=now,
        customer=goal.customer,
        form=form,
        goal=goal,
        crumbs=[{"label": "Goal", "url": reverse("workspace:goal", args=[goal.pk])}],
        steps=milestones.of(goal.customer).filter(goal=goal).select_related("evidence"),
        save="Add step",
    )
