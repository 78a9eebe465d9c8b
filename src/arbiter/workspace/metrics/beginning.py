"""Before anything is measured, and while it is measured anew: how far it is, and having it done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from arbiter.accounts.queries import customers
from arbiter.foundation.roles import Permission
from arbiter.metrics.actions import computations as actions
from arbiter.metrics.queries import access, computations, snapshots
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.progress import read_anew

if TYPE_CHECKING:
    from arbiter.foundation.runs import Progress


def show(request: SignedInRequest) -> HttpResponse:
    """Show that there are no measures yet: no customers, being computed, or that it failed."""
    progress = computations.newest()
    context = {
        "has_customers": customers.everybody().exists(),
        "progress": progress,
        "failed": progress is not None and progress.state == "failed",
        "may_import": request.user.may(Permission.IMPORT),
        "may_manage": access.may_manage(request.user),
        "crumbs": [{"label": "Metrics"}],
    }
    return render(request, "workspace/metrics/beginning.html", context)


def under_way() -> Progress | None:
    """Return how far the measuring is; None when nothing is being measured."""
    return computations.under_way()


@open_to_colleagues("GET")
def progress(request: SignedInRequest) -> HttpResponse:
    """Say how far it is, as a fragment; once it is done, have the page read anew."""
    found = computations.under_way()
    if found is None and (snapshots.newest_day() or computations.newest()):
        return read_anew()
    return render(request, "workspace/metrics/_progress.html", {"progress": found})


@open_to_colleagues("POST", needs=Permission.MANAGE_SETTINGS)
def want(request: SignedInRequest) -> HttpResponse:
    """Have everything measured anew, in the background."""
    actions.want(by=request.user, at=timezone.now())
    messages.success(request, "All measures are being computed anew. That takes a moment.")
    return redirect("workspace:metrics")
