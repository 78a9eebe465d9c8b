"""/settings/suppressions/list/: a list from another tool taken in. /settings/suppressions.csv: ours, to take out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.connectors.suppressions import lists
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import suppression_lists
from arbiter.workspace.access import SignedInRequest, open_to_colleagues

MOST_BYTES = 20_000_000
SHOWN = 5


@open_to_colleagues("POST", needs=Permission.MANAGE_SETTINGS)
def take_in(request: SignedInRequest) -> HttpResponse:
    """Write to the addresses of a file no more; one bad line stops everything."""
    here = redirect("workspace:settings-suppressions")
    given = request.FILES.get("file")
    if given is None or not given.size:
        messages.error(request, "Choose a file with a column of addresses.")
        return here
    if given.size > MOST_BYTES:
        messages.error(request, "The file is larger than 20 MB. Use the command line for it.")
        return here
    now = timezone.now()
    found = lists.read(given.read(), at=now)
    for line, reason in found.wrong[:SHOWN]:
        messages.error(request, f"Line {line}: {reason}")
    if found.wrong:
        messages.error(request, f"{len(found.wrong):,} bad, nothing imported.")
        return here
    new = suppression_lists.take_in(listed=found.lines, by=request.user, at=now)
    messages.success(request, f"{new:,} new, {len(found.lines) - new:,} known already.")
    return here


@open_to_colleagues("GET", needs=Permission.MANAGE_SETTINGS)
def hand_out(request: SignedInRequest) -> HttpResponse:
    """Answer the list as CSV."""
    reply = HttpResponse(content_type="text/csv; charset=utf-8")
    reply.headers["Content-Disposition"] = 'attachment; filename="suppressions.csv"'
    reply.headers["Cache-Control"] = "no-store"
    lists.write(reply)  # type: ignore[arg-type]  # it can be written to like a file
    return reply
