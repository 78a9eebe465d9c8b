"""The builder of sets: a rule is put together, looked at on own data, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.usage.actions import behaviour_sets as actions
from arbiter.usage.queries import behaviour_sets, explorer, previews
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.usage import frame
from arbiter.workspace.usage.rule_form import RuleForm

if TYPE_CHECKING:
    from arbiter.usage.models import BehaviourSet


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def create(request: SignedInRequest) -> HttpResponse:
    """Show the builder; a POST defines the set, or only looks where `preview` was pressed."""
    form = RuleForm(request.POST or None)
    if _is_kept(request, form):
        found = form.attempt(actions.define, by=request.user, at=timezone.now())
        if found is not None:
            messages.success(request, "The set is defined. It is being counted.")
            return redirect("workspace:usage-set", found.pk)
    return _show(request, form, "New set")


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the builder with a set that stands; a POST makes a new version of it."""
    found = get_object_or_404(behaviour_sets.every(), pk=pk)
    form = RuleForm(request.POST or None, initial=RuleForm.initial_of(found))
    if _is_kept(request, form):
        kept = form.attempt(actions.revise, behaviour_set=found, by=request.user, at=timezone.now())
        if kept is not None:
            messages.success(request, "The new version stands. It is being counted.")
            return redirect("workspace:usage-set", kept.pk)
    return _show(request, form, found.name, found)


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def preview(request: SignedInRequest) -> HttpResponse:
    """Show who would have completed the set so far. Nothing is kept."""
    form = RuleForm(request.POST)
    form.fields["name"].required = False
    context = {"now": timezone.now(), "preview": _preview(request, form), "form": form}
    return render(request, "workspace/usage/_preview.html", context)


def _is_kept(request: SignedInRequest, form: RuleForm) -> bool:
    if "preview" in request.POST:
        form.fields["name"].required = False
        return False
    return request.method == "POST" and form.is_valid()


def _show(
    request: SignedInRequest, form: RuleForm, title: str, found: BehaviourSet | None = None
) -> HttpResponse:
    looks = "preview" in request.POST
    refused = request.method == "POST" and not (looks and form.is_valid())
    return frame.show(
        request,
        "builder",
        part="usage-sets",
        title=title,
        status=422 if refused else 200,
        form=form,
        set=found,
        preview=_preview(request, form) if looks else None,
        names=explorer.event_names(as_of=timezone.now()),
    )


def _preview(request: SignedInRequest, form: RuleForm) -> Any:
    if not form.is_valid():
        return None
    told = form.cleaned_data
    return previews.of(
        request.user,
        told["rule"],
        segment=told["segment"],
        stage=told["stage"],
        as_of=timezone.now(),
    )
