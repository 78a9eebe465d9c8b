"""Taking an import back, or dropping one that was never stored."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.connectors.workspace_files import imports, undoing
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.imports.doors import import_or_404
from arbiter.workspace.imports.words import state_of


@open_to_colleagues("POST", needs=Permission.IMPORT)
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    record = import_or_404(pk)
    try:
        undoing.undo(
            record=record, by=request.user, at=timezone.now(), cascade="cascade" in request.POST
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{record.source} was undone. What it had changed is as before.")
    return redirect("workspace:import", pk)


@open_to_colleagues("POST", needs=Permission.IMPORT)
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Drop an import of which nothing is stored, with its files."""
    record = import_or_404(pk)
    if state_of(record) in ("stored", "undone", "running", "checking"):
        messages.error(request, "An import that was stored is kept; undo it instead.")
        return redirect("workspace:import", pk)
    imports.discard(record)
    messages.success(request, f"{record.source} was discarded.")
    return redirect("workspace:imports")
