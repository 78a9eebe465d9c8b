"""How long words are kept, of each kind, and how many the next night would erase."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.accounts.actions import retention as actions
from arbiter.accounts.queries import retention
from arbiter.foundation.roles import Permission
from arbiter.usage.queries import sources
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page, status_of


class RetentionForm(VerbForm):
    """How many days words of a kind are kept."""

    kind = forms.ChoiceField(label="What")
    days = forms.IntegerField(
        label="Kept for",
        required=False,
        min_value=actions.FEWEST_DAYS,
        help_text="Empty: for as long as the customer is on file.",
    )

    def __init__(self, *args: object, kinds: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def keeping(request: SignedInRequest) -> HttpResponse:
    """Show how long words are kept; a POST sets it for one kind."""
    now = timezone.now()
    kept = retention.every(at=now)
    kinds = [(each.key, each.label) for each in kept]
    form = RetentionForm(request.POST or None, kinds=kinds)
    if form.is_valid() and form.attempt(actions.keep, by=request.user, at=now) is not None:
        messages.success(request, "Set. What is over goes in the coming night.")
        return redirect("workspace:settings-privacy")
    context = {
        "form": form,
        "kept": kept,
        "sources": sources.visible_to(request.user).filter(revoked_at=None).order_by("name", "pk"),
        "columns": [
            {"label": "What"},
            {"label": "Kept for"},
            {"label": "Would go tonight", "number": True},
            {"label": "Set by"},
        ],
    }
    return page(request, "privacy", context, status=status_of(request))
