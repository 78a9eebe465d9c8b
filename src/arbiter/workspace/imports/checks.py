"""Beginning a dry run of files that need no mapping, or once more."""

from django.http import HttpResponse
from django.shortcuts import redirect

from arbiter.connectors.recognition import opening
from arbiter.connectors.workspace_files import imports
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.imports.doors import import_or_404
from arbiter.workspace.imports.words import state_of


@open_to_colleagues("POST", needs=Permission.IMPORT)
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Check again; with `join`, customers of one name are taken for one."""
    record = import_or_404(pk)
    if state_of(record) in ("draft", "checked", "refused", "stopped"):
        if "join" in request.POST:
            opening.join_names(record)
        imports.begin_check(record)
    return redirect("workspace:import", pk)
