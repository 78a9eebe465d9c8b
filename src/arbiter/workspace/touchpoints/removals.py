"""Removing what was logged wrongly."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from arbiter.engagement.actions import touchpoints as actions
from arbiter.engagement.queries import touchpoints
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import done


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a touchpoint; the journal keeps that it was there."""
    touchpoint = get_object_or_404(touchpoints.visible_to(request.user), pk=pk)
    customer = touchpoint.customer
    actions.remove(touchpoint=touchpoint, by=request.user, at=timezone.now())
    return done(request, "Removed.", customer)
