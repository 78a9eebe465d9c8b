"""Storing what a dry run has shown."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.connectors.workspace_files import imports
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.imports.doors import import_or_404
from arbiter.workspace.imports.words import state_of


@open_to_colleagues("POST", needs=Permission.IMPORT)
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Store everything, or with `partial` the good rows only. The same POST twice stores once."""
    record = import_or_404(pk)
    if state_of(record) not in ("checked", "refused"):
        return redirect("workspace:import", pk)
    try:
        imports.begin_store(
            record,
            partial="partial" in request.POST,
            blank_erases="blank_erases" in request.POST,
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workspace:import", pk)
