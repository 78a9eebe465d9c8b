"""The company: what it is called, what it counts in, and whether answers are confirmed by a code."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from arbiter.foundation.actions import company as actions
from arbiter.foundation.mail import outbox
from arbiter.foundation.queries import company
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.locales import LanguageField, ZoneField, zones
from arbiter.workspace.settings.menu import page, status_of


class CompanyForm(VerbForm):
    """What may be changed about the company."""

    name = forms.CharField(label="Company", max_length=200, help_text="As your customers know it.")
    currency = forms.CharField(
        label="Currency", max_length=3, help_text="Three letters. Amounts in others stay apart."
    )
    language = LanguageField(
        required=False, help_text="Of customers and contacts of whom nobody knows another."
    )
    time_zone = ZoneField()
    confirm_by_code = forms.BooleanField(
        label="Confirm verdicts and renewal answers by a mailed code",
        help_text="Six digits to the contact's own mail. Safer, and fewer will answer.",
        required=False,
    )


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def edit(request: SignedInRequest) -> HttpResponse:
    """Show and change the company."""
    found = company.current()
    assert found is not None
    initial = {
        "name": found.name,
        "currency": found.currency,
        "language": found.language,
        "time_zone": found.time_zone,
        "confirm_by_code": found.confirm_by_code,
    }
    form = CompanyForm(request.POST or None, initial=initial)
    if (
        form.is_valid()
        and form.attempt(actions.edit, by=request.user, at=timezone.now()) is not None
    ):
        messages.success(request, "Saved.")
        return redirect("workspace:settings")
    zone = f"For hours at which we write, and for digests. Empty: {settings.TIME_ZONE}."
    context = {"form": form, "delivers": outbox.delivers(), "zone": zone, "zones": zones()}
    return page(request, "company", context, status=status_of(request))
