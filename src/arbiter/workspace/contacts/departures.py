"""A contact leaves the customer; a return takes that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from arbiter.accounts.actions import contacts as actions
from arbiter.accounts.queries import contacts
from arbiter.accounts.rules import day
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import DayField
from arbiter.workspace.replies import GroupedForm, done


class DepartureForm(GroupedForm):
    """The day on which somebody left; today unless said otherwise."""

    left_on = DayField(required=False)


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def departure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that a contact has left; with `undo` that they are there after all."""
    contact = get_object_or_404(contacts.visible_to(request.user), pk=pk)
    now = timezone.now()
    form = DepartureForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That is not a day. Nothing was changed.")
        return redirect("workspace:contact-edit", contact.pk)
    try:
        if "undo" in request.POST:
            actions.come_back(contact=contact, by=request.user, at=now)
            said = f"{contact.name} is there after all."
        else:
            left_on = form.cleaned_data["left_on"] or day(now)
            actions.leave(contact=contact, left_on=left_on, by=request.user, at=now)
            said = f"{contact.name} has left. What they said stays theirs."
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("workspace:contact-edit", contact.pk)
    return done(request, said, contact.customer)
