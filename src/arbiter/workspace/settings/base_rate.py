"""The one number a forecast starts from: of the last renewals, how many renewed."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.forecast.actions import base_rates as actions
from arbiter.forecast.queries import base_rates
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page, status_of


class BaseRateForm(VerbForm):
    """The one number, as it is counted."""

    due = forms.IntegerField(
        label="Contracts that came up for renewal",
        min_value=1,
        help_text="The last year is best. Only those whose end has come.",
    )
    renewed = forms.IntegerField(label="Of these renewed", min_value=0)


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def tell(request: SignedInRequest) -> HttpResponse:
    """Show what forecasts start from, and take a new number."""
    now = timezone.now()
    form = BaseRateForm(request.POST or None)
    if form.is_valid() and form.attempt(actions.tell, by=request.user, at=now) is not None:
        messages.success(request, "Forecasts start from this number from now on.")
        return redirect("workspace:settings-base-rate")
    context = {"form": form, "rate": base_rates.at(now), "is_told": base_rates.is_told(now)}
    return page(request, "base_rate", context, status=status_of(request))
