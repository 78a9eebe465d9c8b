"""GET, POST /goals/<pk>/features/: which features serve a goal, so that their usage stands beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import servings as actions
from arbiter.outcomes.queries import goals, servings
from arbiter.usage.queries import features
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import GroupedForm, done, show


class ServingForm(GroupedForm):
    """The features, each with a box to tick."""

    GROUPS = (("Which features serve it?", 1, ("features",)),)

    features = forms.TypedMultipleChoiceField(
        label="Features",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Their usage is shown beside the goal, as evidence. It is never a result by itself.",
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["features"].choices = choices  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the features; a POST says which serve the goal."""
    goal = get_object_or_404(goals.visible_to(request.user), pk=pk)
    now = timezone.now()
    here = reverse("workspace:goal", args=[goal.pk])
    chosen = servings.of_goals([goal.pk]).get(goal.pk, [])
    choices = {each.pk: each.name for each in [*features.standing(), *chosen]}
    form = ServingForm(
        request.POST if request.method == "POST" else None,
        choices=list(choices.items()),
        initial={"features": [each.pk for each in chosen]},
    )
    if form.keeps(actions.choose, goal=goal, by=request.user, at=now):
        return done(request, "Their usage stands beside the goal.", goal.customer, to=here)
    if form.is_valid() and not form.errors:
        return done(request, "No feature serves it.", goal.customer, to=here)
    return show(
        request,
        "usage/servings",
        title="Features that serve it",
        now=now,
        customer=goal.customer,
        form=form,
        goal=goal,
        choices=choices,
        crumbs=[{"label": "Goal", "url": here}],
    )
