"""Putting a customer aside, and bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.accounts.actions import customers as actions
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import customer_of, done, page_of


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def archive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Archive a customer; with `undo` bring it back."""
    customer = customer_of(request, pk)
    back = "undo" in request.POST
    verb = actions.restore if back else actions.archive
    try:
        verb(customer=customer, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(customer))
    said = "is back." if back else "is archived. It keeps all it has."
    return done(request, f"{customer.name} {said}", customer)
