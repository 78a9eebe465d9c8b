"""The features that are counted: named, described anew, retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.usage.actions import features as actions
from arbiter.usage.queries import features, standings
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.usage import frame

if TYPE_CHECKING:
    from arbiter.usage.models import Feature


class FeatureForm(VerbForm):
    """A feature: what people call it, and the events that mean its use."""

    name = forms.CharField(label="Feature", max_length=actions.LONGEST_NAME)
    events = forms.CharField(
        label="Events that mean its use",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Names as your product sends them, one a line.",
    )

    def clean_events(self) -> list[str]:
        """One name a line."""
        return str(self.cleaned_data["events"]).splitlines()


@open_to_colleagues("GET", "POST", needs=None)
def index(request: SignedInRequest) -> HttpResponse:
    """List the features; a POST names one."""
    may_edit = request.user.may(Permission.EDIT_CUSTOMERS)
    form = FeatureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        feature = form.attempt(actions.name, by=request.user, at=timezone.now())
        if feature is not None:
            messages.success(request, "Named. It is being counted.")
            return redirect("workspace:usage-features")
    figures = {each.feature.pk: each for each in standings.by_feature() if each.feature}
    every = list(features.every())
    return frame.show(
        request,
        "features",
        part="usage-features",
        status=422 if request.method == "POST" else 200,
        form=form if may_edit else None,
        counted=[_row(each, figures) for each in every if each.retired_at is None],
        retired=[each for each in every if each.retired_at is not None],
    )


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def describe(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a feature's name and events; a POST changes them."""
    feature = get_object_or_404(features.every(), pk=pk)
    told = {"name": feature.name, "events": "\n".join(feature.events)}
    form = FeatureForm(request.POST or None, initial=told)
    if form.is_valid():
        kept = form.attempt(actions.describe, feature=feature, by=request.user, at=timezone.now())
        if kept is not None:
            messages.success(request, "Described anew. It is being counted.")
            return redirect("workspace:usage-feature", feature.pk)
    return frame.show(
        request,
        "feature_form",
        part="usage-features",
        title=feature.name,
        status=422 if request.method == "POST" else 200,
        feature=feature,
        form=form,
    )


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """Retire a feature; with `undo` bring it back."""
    feature = get_object_or_404(features.every(), pk=pk)
    verb = actions.restore if "undo" in request.POST else actions.retire
    try:
        verb(feature=feature, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = "is counted again" if "undo" in request.POST else "is retired"
        messages.success(request, f"“{feature.name}” {said}.")
    return redirect("workspace:usage-features")


def _row(feature: Feature, figures: dict[int, Any]) -> dict[str, Any]:
    return {"feature": feature, "figure": figures.get(feature.pk)}
