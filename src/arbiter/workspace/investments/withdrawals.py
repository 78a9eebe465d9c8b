"""Taking back an effort that was written down wrongly."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import investments as actions
from arbiter.outcomes.queries import investments
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import done


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an effort back; the journal keeps that it was stated."""
    investment = get_object_or_404(investments.visible_to(request.user), pk=pk)
    customer = investment.customer
    actions.withdraw(investment=investment, by=request.user, at=timezone.now())
    return done(request, "Taken back.", customer)
