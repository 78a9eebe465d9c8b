"""POST /audit/runs/: have the audit made anew; GET /audit/progress/: how far that is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from arbiter.forecast.actions import audits
from arbiter.forecast.queries.audits import runs
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.progress import read_anew


@open_to_colleagues("POST", needs=Permission.IMPORT)
def create(request: SignedInRequest) -> HttpResponse:
    """Want a new audit; a worker makes it."""
    audits.want(by=request.user, at=timezone.now())
    messages.success(request, "The numbers are being tested anew.")
    return redirect("workspace:audit")


@open_to_colleagues("GET")
def progress(request: SignedInRequest) -> HttpResponse:
    """Say how far it is; once it is done, have the page read anew."""
    run = runs.newest()
    if run is None or not run.is_under_way:
        return read_anew()
    return render(request, "workspace/audit/_progress.html", {"run": run})
