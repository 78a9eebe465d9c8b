"""How far an import is: a fragment that a page asks for again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from arbiter.connectors.workspace_files import imports
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.imports.doors import import_or_404
from arbiter.workspace.imports.words import STAGES, UNDER_WAY, label_of, state_of
from arbiter.workspace.progress import read_anew

if TYPE_CHECKING:
    from arbiter.connectors.models import Import


@open_to_colleagues("GET", needs=Permission.IMPORT)
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    record = import_or_404(pk)
    if state_of(record) not in UNDER_WAY:
        return read_anew()
    return render(request, "workspace/imports/_progress.html", {"record": record, **said(record)})


def said(record: Import) -> dict[str, object]:
    """The stage an import is in, in words, and how much of it is done."""
    progress = imports.progress(record)
    if progress is None:
        return {"stage": "Waiting to begin", "done": None, "total": None}
    words = STAGES.get(progress.stage, progress.stage)
    about = f"{words}: {label_of(progress.file).lower()}" if progress.file else words
    return {"stage": about, "done": progress.done, "total": progress.total}
