"""GET /settings/sources/…/heard/: whether a source was heard, for a page that asks until it was."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.usage.queries import sources
from arbiter.workspace.access import SignedInRequest, open_to_colleagues


@open_to_colleagues(needs=Permission.MANAGE_SETTINGS)
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say when a source was last heard; asked for again only as long as it was not."""
    source = get_object_or_404(sources.visible_to(request.user), pk=pk)
    context = {"source": source, "heard": sources.heard(source), "now": timezone.now()}
    return render(request, "workspace/sources/heard.html", context)
