"""POST /usage/snapshots/: have usage counted now; GET /usage/progress/: how far that is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.usage.actions import wanted
from arbiter.usage.queries import runs
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.progress import read_anew


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def create(request: SignedInRequest) -> HttpResponse:
    """Want usage counted; a worker counts."""
    wanted.want(by=request.user, at=timezone.now())
    messages.success(request, "Usage is being counted.")
    return redirect("workspace:usage")


@open_to_colleagues("GET")
def progress(request: SignedInRequest) -> HttpResponse:
    """Say how far it is; once it is done, have the page read anew."""
    run = runs.under_way()
    if run is None:
        return read_anew()
    return render(request, "workspace/usage/_progress.html", {"under_way": run})
