"""Exchange rates: what one unit of each currency is worth in the company's; set, and withdrawn."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.foundation.queries import company
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.metrics.actions import rates as actions
from arbiter.metrics.queries import rates
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page, status_of

COLUMNS = [
    {"label": "One"},
    {"label": "is worth", "number": True},
    {"label": "From"},
    {"label": "Set by"},
    {"hidden_label": "Withdraw"},
]


class RateForm(VerbForm):
    """A rate from a day on."""

    currency = forms.CharField(label="Currency", max_length=3, help_text="Three letters: USD.")
    per_unit = forms.DecimalField(
        label="One unit is worth",
        max_digits=18,
        decimal_places=8,
        help_text="In your own currency: 0.92.",
    )
    valid_from = forms.DateField(
        label="From",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Figures of this day and later use it.",
    )


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def every(request: SignedInRequest) -> HttpResponse:
    """List the rates that stand, and the currencies without one; a POST sets one."""
    now = timezone.now()
    missing = rates.missing(now)
    first = {"currency": missing[0] if missing else ""}
    form = RateForm(request.POST or None, initial=first)
    if form.is_valid() and form.attempt(actions.set_rate, by=request.user, at=now) is not None:
        messages.success(request, "Set. All measures are being computed anew with it.")
        return redirect("workspace:settings-rates")
    context = {
        "form": form,
        "rates": rates.listed(),
        "missing": missing,
        "currency": company.currency(),
        "columns": COLUMNS,
    }
    return page(request, "rates", context, status=status_of(request))


@open_to_colleagues("POST", needs=Permission.MANAGE_SETTINGS)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a rate back; it stays on record."""
    rate = rates.find(pk)
    if rate is None:
        raise Http404("There is no such rate.")
    try:
        actions.withdraw(rate=rate, by=request.user, at=timezone.now())
        messages.success(request, f"The rate of {rate.currency} is withdrawn.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workspace:settings-rates")
