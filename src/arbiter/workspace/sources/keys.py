"""POST: a source gets another key, or none."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.usage.actions import sources as actions
from arbiter.usage.queries import sources
from arbiter.workspace.access import SignedInRequest, open_to_colleagues


@open_to_colleagues("POST", needs=Permission.MANAGE_SETTINGS)
def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make another key, the only one from now on."""
    source = get_object_or_404(sources.visible_to(request.user), pk=pk)
    actions.renew_key(source=source, by=request.user, at=timezone.now())
    messages.success(request, f"{source.name} has another key; the one before is worth nothing.")
    return redirect("workspace:settings-source", pk)


@open_to_colleagues("POST", needs=Permission.MANAGE_SETTINGS)
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take nothing more that comes with the key."""
    source = get_object_or_404(sources.visible_to(request.user), pk=pk)
    try:
        actions.revoke(source=source, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Nothing more is taken from {source.name}.")
    return redirect("workspace:settings-source", pk)
