"""A contact gets no more mail from us, as they told a colleague; or gets it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.actions import contacts as actions
from arbiter.accounts.queries import contacts
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import done


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def subscription(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop our mail to a contact; with `undo` let it flow again."""
    contact = get_object_or_404(contacts.visible_to(request.user), pk=pk)
    here = reverse("workspace:contact-edit", args=[contact.pk])
    again = "undo" in request.POST
    verb = actions.resubscribe if again else actions.unsubscribe
    try:
        verb(contact=contact, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(here)
    said = "gets our mail again." if again else "gets no more mail from us."
    return done(request, f"{contact.name} {said}", contact.customer, to=here)
