"""The door to imports: those who may import see every import, for one may undo another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from arbiter.connectors.workspace_files import imports

if TYPE_CHECKING:
    from arbiter.connectors.models import Import


def import_or_404(pk: int) -> Import:
    record = imports.get(pk)
    if record is None:
        raise Http404("There is no such import.")
    return record
