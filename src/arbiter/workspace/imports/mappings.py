"""The columns of the received files, what they are read as, and the questions they raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render

from arbiter.connectors.recognition import opening
from arbiter.connectors.tables.questions import Unanswered
from arbiter.connectors.workspace_files import imports
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.imports import tables
from arbiter.workspace.imports.doors import import_or_404
from arbiter.workspace.imports.pages import crumbs
from arbiter.workspace.imports.reading import Reading, corrected, readings_of
from arbiter.workspace.imports.words import state_of

if TYPE_CHECKING:
    from arbiter.connectors.models import Import

_OPEN = ("draft", "checked", "refused", "stopped")


@open_to_colleagues("GET", "POST", needs=Permission.IMPORT)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the mapping. A POST keeps it; with `check`, and nothing left to ask, the dry run begins."""
    record = import_or_404(pk)
    drafts = opening.drafts_of(record)
    if not drafts or state_of(record) not in _OPEN:
        return redirect("workspace:import", pk)
    if request.method == "POST":
        drafts = [
            corrected(record, draft, number, request.POST) for number, draft in enumerate(drafts)
        ]
        opening.keep(record, drafts, today=opening.day_of(record))
    readings = readings_of(record, drafts, shows_all="all" in request.GET)
    if "check" not in request.POST:
        return _page(request, record, readings)
    try:
        _must_be_clear(readings)
    except Refusal as refusal:
        return _page(request, record, readings, error=str(refusal), status=422)
    imports.begin_check(record)
    return redirect("workspace:import", pk)


def _must_be_clear(readings: list[Reading]) -> None:
    for reading in readings:
        reading.mapping.check(reading.table)
    unanswered = [question for reading in readings for question in reading.unanswered]
    if unanswered:
        raise Unanswered(unanswered)


def _page(
    request: SignedInRequest,
    record: Import,
    readings: list[Reading],
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "record": record,
        "readings": readings,
        "error": error,
        "crumbs": crumbs(record),
        "columns": tables.MAPPING,
        "shows_all": "all" in request.GET,
    }
    return render(request, "workspace/imports/mapping.html", context, status=status)
