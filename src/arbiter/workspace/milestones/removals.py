"""Taking a step off the path."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import milestones as actions
from arbiter.outcomes.queries import milestones
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import done


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a step off the path; the journal keeps that it was there."""
    milestone = get_object_or_404(milestones.visible_to(request.user), pk=pk)
    customer = milestone.customer
    actions.remove(milestone=milestone, by=request.user, at=timezone.now())
    return done(request, "The step is off the path.", customer)
