"""One's own name and way in."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.foundation.actions import people as actions
from arbiter.foundation.roles import ROLES
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page, status_of


class NameForm(VerbForm):
    """A name."""

    name = forms.CharField(label="Your name", max_length=200)


@open_to_colleagues("GET", "POST")
def edit(request: SignedInRequest) -> HttpResponse:
    """Show what one may do here, and change one's name."""
    me = request.user
    form = NameForm(request.POST or None, initial={"name": me.name})
    if (
        form.is_valid()
        and form.attempt(actions.rename, person=me, by=me, at=timezone.now()) is not None
    ):
        messages.success(request, "Saved.")
        return redirect("workspace:settings-me")
    context = {"form": form, "role": ROLES[me.role]}
    return page(request, "me", context, status=status_of(request))
