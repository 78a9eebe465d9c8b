"""/settings/keys/<pk>/revocation/: asked once more, then a key opens nothing any more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.actions import api_keys as actions
from arbiter.foundation.queries import api_keys
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.settings.menu import page


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more what would stop; by POST, revoke the key."""
    key = get_object_or_404(api_keys.every(), pk=pk)
    if request.method == "POST":
        try:
            actions.revoke(key=key, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"The key “{key.name}” opens nothing any more.")
        return redirect("workspace:settings-keys")
    crumbs = [
        {"label": "Settings", "url": reverse("workspace:settings")},
        {"label": "Keys", "url": reverse("workspace:settings-keys")},
        {"label": "Revoke"},
    ]
    return page(
        request, "revoke", {"key": key, "crumbs": crumbs}, folder="keys", part="settings-keys"
    )
