"""Making a source, and changing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.usage.actions import sources as actions
from arbiter.usage.queries import sources
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.settings.menu import page, status_of
from arbiter.workspace.sources.forms import KINDS, ChangeForm, NewForm
from arbiter.workspace.sources.pages import crumbs


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def new(request: SignedInRequest) -> HttpResponse:
    """Make a source; its page shows what to do next."""
    form = NewForm(request.POST or None)
    if form.is_valid():
        made = form.attempt(actions.make, by=request.user, at=timezone.now())
        if made is not None:
            return redirect("workspace:settings-source", made[0].pk)
    context = {
        "form": form,
        "kinds": KINDS,
        "kind": form["kind"].value() or "server",
        "kind_error": next(iter(form["kind"].errors), ""),
    }
    return page(
        request,
        "new",
        context,
        status=status_of(request),
        folder="sources",
        part="settings-sources",
    )


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a source."""
    source = get_object_or_404(sources.visible_to(request.user), pk=pk)
    form = ChangeForm(request.POST or None, source=source)
    if form.is_valid():
        done = form.attempt(actions.change, source=source, by=request.user, at=timezone.now())
        if done is not None:
            messages.success(request, "Saved.")
            return redirect("workspace:settings-source", pk)
    context = {"form": form, "source": source, "crumbs": crumbs(source, "Change")}
    return page(
        request,
        "edit",
        context,
        status=status_of(request),
        folder="sources",
        part="settings-sources",
    )
