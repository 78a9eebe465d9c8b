"""The list of imports, and the upload that begins one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from arbiter.connectors.workspace_files import imports
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.imports import tables
from arbiter.workspace.imports.reception import receive
from arbiter.workspace.imports.words import in_list


@open_to_colleagues("GET", "POST", needs=Permission.IMPORT)
def index(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    try:
        record = receive(request.FILES.getlist("file"), by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _page(request, error=str(refusal), status=422)
    return redirect("workspace:import", record.pk)


def _page(request: SignedInRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "error": error,
        "imports": [in_list(record) for record in imports.newest(limit=50)],
        "columns": tables.IMPORTS,
        "crumbs": [{"label": "Imports"}],
        "now": timezone.now(),
    }
    return render(request, "workspace/imports/index.html", context, status=status)
