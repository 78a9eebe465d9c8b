"""/settings/stages/: what success means in each stage, for a segment and a product or for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.accounts.queries import customers
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import stages as verbs
from arbiter.outcomes.queries import stages
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import WordsField
from arbiter.workspace.replies import GroupedForm
from arbiter.workspace.settings.menu import page, status_of

if TYPE_CHECKING:
    from arbiter.outcomes.models import Stage

FIELDS = (
    "name",
    "segment",
    "product",
    "meaning",
    "starts_after_days",
    "success_within_days",
    "position",
)


class StageForm(GroupedForm):
    """A stage and its meaning of success."""

    GROUPS = (
        ("The stage", 2, ("name", "position", "segment", "product")),
        ("Success", 2, ("meaning", "starts_after_days", "success_within_days")),
    )

    name = forms.CharField(
        label="Stage",
        max_length=100,
        help_text="As customers' records name it. One within another: “trial: first report”.",
    )
    position = forms.IntegerField(label="Place in the order", min_value=1, required=False)
    segment = forms.CharField(
        label="Only for the segment", max_length=100, required=False, help_text="All when empty"
    )
    product = forms.CharField(
        label="Only for the product", max_length=100, required=False, help_text="All when empty"
    )
    meaning = WordsField(
        label="What success means there", help_text="What is so for the customer by then."
    )
    starts_after_days = forms.IntegerField(
        label="Begins after days", min_value=0, required=False, help_text="From the day they began"
    )
    success_within_days = forms.IntegerField(
        label="Success within days", min_value=1, required=False, help_text="From then"
    )


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def index(request: SignedInRequest) -> HttpResponse:
    """List the stages; a POST adds one."""
    form = StageForm(request.POST or None)
    if form.keeps(verbs.add, by=request.user, at=timezone.now()):
        messages.success(request, "Added.")
        return redirect("workspace:settings-stages")
    context = {
        "form": form,
        "stages": stages.standing(),
        "archived": stages.archived(),
        "used": _without_meaning(),
    }
    return page(request, "index", context, status=status_of(request), folder="stages")


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what success means in a stage."""
    stage = _stage_of(pk)
    initial = {name: getattr(stage, name) for name in FIELDS}
    form = StageForm(request.POST or None, initial=initial)
    if form.keeps(verbs.edit, stage=stage, by=request.user, at=timezone.now()):
        messages.success(request, "Saved.")
        return redirect("workspace:settings-stages")
    context: dict[str, Any] = {"form": form, "stage": stage}
    part = {"folder": "stages", "part": "settings-stages"}
    return page(request, "one", context, status=status_of(request), **part)


@open_to_colleagues("POST", needs=Permission.MANAGE_SETTINGS)
def archive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a stage away; with `undo` bring it back."""
    stage = _stage_of(pk)
    verb = verbs.restore if "undo" in request.POST else verbs.archive
    try:
        verb(stage=stage, by=request.user, at=timezone.now())
        messages.success(request, "Done.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workspace:settings-stages")


def _stage_of(pk: int) -> Stage:
    found = stages.get(pk)
    if found is None:
        raise Http404
    return found


def _without_meaning() -> list[str]:
    """The stages that customers are in and nobody has given a meaning."""
    known = {stage.name for stage in stages.standing()}
    return [name for name in customers.words_in_use("stage") if name not in known]
