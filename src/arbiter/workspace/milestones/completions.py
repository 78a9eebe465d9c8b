"""A step is done, or open again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import milestones as actions
from arbiter.outcomes.queries import milestones
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import done, page_of


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def complete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Finish a step; with `undo` open it again."""
    milestone = get_object_or_404(milestones.visible_to(request.user), pk=pk)
    verb = actions.reopen if "undo" in request.POST else actions.finish
    try:
        verb(milestone=milestone, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(milestone.customer))
    said = "is open again" if "undo" in request.POST else "is done"
    return done(request, f"“{milestone.title}” {said}.", milestone.customer)
