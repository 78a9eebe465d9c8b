"""Setting the installation up, once: company, owner, and of the last renewals how many renewed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from arbiter.forecast.actions import base_rates
from arbiter.foundation.actions import company as actions
from arbiter.foundation.queries import company
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues, open_to_strangers
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.sign_in.invitations import BACKEND


class FirstRunForm(VerbForm):
    """Everything asked at set-up. The last two are one number, and may be left out."""

    name = forms.CharField(label="Name", max_length=200)
    currency = forms.CharField(label="Currency, such as EUR", max_length=3, initial="EUR")
    owner_name = forms.CharField(label="Your name", max_length=200)
    owner_email = forms.EmailField(label="Your work e-mail")
    password = forms.CharField(
        label="Password, 8 characters or more",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    due = forms.IntegerField(label="Came up for renewal", min_value=1, required=False)
    renewed = forms.IntegerField(label="Of these, renewed", min_value=0, required=False)

    def clean_password(self) -> str:
        """Refuse a weak password, in the validators' words."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Take the one number whole or not at all."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        due, renewed = data.get("due"), data.get("renewed")
        if (due is None) != (renewed is None) and not {"due", "renewed"} & set(self.errors):
            self.add_error(
                "due" if due is None else "renewed", "Give both numbers, or leave both out."
            )
        elif due is not None and renewed is not None and renewed > due:
            self.add_error("renewed", f"Of {due} contracts, {due} can have renewed at most.")
        return data

    def told(self) -> dict[str, int]:
        """Take the one number out of the data; empty when it was left out."""
        told = {name: self.cleaned_data.pop(name, None) for name in ("due", "renewed")}
        return {} if told["due"] is None else told


@open_to_strangers("GET", "POST")
def first_run(request: HttpRequest) -> HttpResponse:
    """Ask and make it all; whoever comes second is sent to sign in."""
    if company.is_set_up():
        return redirect("workspace:home")
    form = FirstRunForm(request.POST or None)
    if form.is_valid():
        at = timezone.now()
        told = form.told()
        owner = form.attempt(actions.set_up, at=at)
        if owner is not None:
            if told:
                base_rates.tell(by=owner, at=at, **told)
            login(request, owner, backend=BACKEND)
            return redirect("workspace:first-data")
    context = {"form": form, "demo": settings.DEMO}
    status = 422 if form.is_bound else 200
    return render(request, "workspace/first_run/company.html", context, status=status)


@open_to_colleagues("GET", needs=Permission.IMPORT)
def first_data(request: SignedInRequest) -> HttpResponse:
    """Offer the two ways to something to look at: one's own file, or the sample company."""
    messages.get_messages(request)
    return render(
        request,
        "workspace/first_run/data.html",
        {
            "company": company.current(),
            "may_load_sample": request.user.may(Permission.MANAGE_SETTINGS),
        },
    )
