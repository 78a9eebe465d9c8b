"""Erasing a contact for good, after a page that says what goes and what stays."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.actions import contacts as actions
from arbiter.accounts.queries import contacts
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import GroupedForm, done, show


class ErasureForm(GroupedForm):
    """That it is meant: there is no way back."""

    GROUPS = (("There is no way back", 1, ("is_meant",)),)

    is_meant = forms.BooleanField(label="Erase this person and every word of theirs for good")


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def erasure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what goes and what stays; a POST that says it is meant erases the contact."""
    contact = get_object_or_404(contacts.visible_to(request.user), pk=pk)
    now = timezone.now()
    form = ErasureForm(request.POST or None)
    if form.is_valid():
        form.cleaned_data.clear()
        if form.attempt(actions.erase, contact=contact, by=request.user, at=now) is not None:
            return done(request, "Erased. What was counted stays as it was.", contact.customer)
    return show(
        request,
        "contacts/erasure",
        title=f"Erase {contact.name}",
        now=now,
        customer=contact.customer,
        crumbs=[
            {"label": "Privacy", "url": reverse("workspace:contact-privacy", args=[contact.pk])}
        ],
        form=form,
        save="Erase for good",
        contact=contact,
    )
