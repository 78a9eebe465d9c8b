"""The settings' page of the budget: how often and when we write to anybody."""

from __future__ import annotations

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.voice.actions import limits as verbs
from arbiter.voice.queries import budget
from arbiter.voice.queries.reasons import Limits
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import GroupedForm
from arbiter.workspace.settings.menu import page, status_of


def _days(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=730, help_text=help_text)


class LimitsForm(GroupedForm):
    """How often and when we write."""

    GROUPS = (
        (
            "Days between two asks of the same person",
            2,
            ("any_days", "outcome_days", "relationship_days", "transactional_days"),
        ),
        ("Never too many at once", 2, ("people_a_week", "a_day")),
        ("Hours where the recipient is", 2, ("sends_from", "sends_until", "on_weekends")),
    )

    any_days = _days("A survey after anything else")
    outcome_days = _days(
        "Outcome questions", "Did they get it, will they continue: only each other hold them back."
    )
    relationship_days = _days("Relationship surveys", "Such as NPS.")
    transactional_days = _days("Surveys after something happened", "Such as CSAT and CES.")
    people_a_week = forms.IntegerField(
        label="People of one customer in a week", min_value=1, max_value=100
    )
    a_day = forms.IntegerField(label="People a day, by rules", min_value=1, max_value=100_000)
    sends_from = forms.IntegerField(label="From this hour", min_value=0, max_value=23)
    sends_until = forms.IntegerField(label="Until this hour", min_value=1, max_value=24)
    on_weekends = forms.BooleanField(label="Also on Saturdays and Sundays", required=False)


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def edit(request: SignedInRequest) -> HttpResponse:
    """Show and change the limits."""
    form = LimitsForm(request.POST or None, initial=asdict(budget.limits()))
    if form.is_valid():
        wished = Limits(**form.cleaned_data)
        form.cleaned_data = {"limits": wished}
        if form.attempt(verbs.set_limits, by=request.user, at=timezone.now()) is not None:
            messages.success(request, "Saved.")
            return redirect("workspace:settings-asking")
    context = {"form": form, "zone": budget.company_zone()}
    return page(request, "limits", context, status=status_of(request), folder="asking_rules")
