"""How the company does business: contracts, months or orders; the measures that fit follow from it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.metrics.actions import presets as actions
from arbiter.metrics.queries import measures, presets
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page, status_of


class BusinessForm(VerbForm):
    """One of the ways of doing business."""

    business_model = forms.CharField(max_length=20)
    order_event = forms.CharField(
        label="Orders are the events named",
        max_length=200,
        help_text="Used where you sell by orders.",
    )
    order_amount = forms.CharField(
        label="Their amount is the property", max_length=100, help_text="In the company's currency."
    )


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def choose(request: SignedInRequest) -> HttpResponse:
    """Show the ways of doing business, and take the company's."""
    chosen = presets.chosen()
    names = {"order_event": chosen.order_event, "order_amount": chosen.order_amount}
    form = BusinessForm(request.POST or None, initial=names)
    if (
        form.is_valid()
        and form.attempt(actions.choose, by=request.user, at=timezone.now()) is not None
    ):
        messages.success(request, "Chosen. All measures are being computed anew.")
        return redirect("workspace:settings-business-model")
    current = presets.current()
    context: dict[str, object] = {
        "form": form,
        "error": next(iter(form.errors.get("business_model", [])), ""),
        "current": current.value,
        "options": [
            {"value": value, "label": label, "help": told}
            for value, label, told in presets.choices()
        ],
        "not_fitting": measures.not_fitting(current),
    }
    return page(request, "business_model", context, status=status_of(request))
