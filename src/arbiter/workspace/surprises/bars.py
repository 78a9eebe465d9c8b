"""From which chance on a contract is called safe."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.forecast.actions import surprises as actions
from arbiter.forecast.queries.surprises import bars
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm


class BarForm(VerbForm):
    """The bar, in percent."""

    probability = forms.DecimalField(
        label="Safe from", min_value=1, max_value=100, max_digits=5, decimal_places=2
    )

    def clean_probability(self) -> Decimal:
        """Return it as a chance."""
        percent: Decimal = self.cleaned_data["probability"]
        return percent / 100


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def set_bar(request: SignedInRequest) -> HttpResponse:
    """Show the bar and who set it; a POST sets it anew."""
    now = timezone.now()
    bar = bars.in_force(now)
    form = BarForm(request.POST or None, initial={"probability": round(bar.safe_from * 100)})
    if form.is_valid() and form.attempt(actions.set_safe_bar, by=request.user, at=now) is not None:
        messages.success(request, "The ledger counts from this chance on.")
        return redirect("workspace:surprises")
    context: dict[str, Any] = {
        "form": form,
        "bar": bar,
        "now": now,
        "crumbs": [
            {"label": "Surprises", "url": reverse("workspace:surprises")},
            {"label": "What is safe"},
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/surprises/bar.html", context, status=status)
