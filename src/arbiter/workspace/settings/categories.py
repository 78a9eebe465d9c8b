"""Kinds of goals: the usual ones, and the company's own."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import categories as actions
from arbiter.outcomes.queries import choices
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page, status_of


class CategoryForm(VerbForm):
    """A kind of goal."""

    label = forms.CharField(label="Another kind of goal", max_length=100)


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def every(request: SignedInRequest) -> HttpResponse:
    """List the kinds of goals; a POST adds one."""
    form = CategoryForm(request.POST or None)
    if (
        form.is_valid()
        and form.attempt(actions.add, by=request.user, at=timezone.now()) is not None
    ):
        messages.success(request, "Added.")
        return redirect("workspace:settings-categories")
    context = {"form": form, "categories": choices.categories()}
    return page(request, "categories", context, status=status_of(request))
