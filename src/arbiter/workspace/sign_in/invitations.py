"""Invitations: a signed link by which a new colleague chooses a password and is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.actions import people as actions
from arbiter.foundation.queries import company, people
from arbiter.foundation.refusals import Refusal
from arbiter.workspace.access import open_to_strangers
from arbiter.workspace.forms import VerbForm

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

SALT = "workspace.invitation"
VALID_SECONDS = 14 * 24 * 3600
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class PasswordForm(VerbForm):
    """A first password."""

    password = forms.CharField(
        label="Choose a password",
        help_text="At least eight characters, and not one of the usual ones.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Refuse a weak password, in the validators' words."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


def link_for(person: Person) -> str:
    """Return the address by which an invited person comes in; it ends with their first sign-in."""
    token = signing.dumps(person.pk, salt=SALT)
    return f"{settings.BASE_URL}{reverse('workspace:invitation', args=[token])}"


def invited(token: str) -> Person | None:
    """Return whom a link invites; None when it is over, used, or not ours."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    person = people.get(pk)
    usable = person is not None and person.is_active and person.last_login is None
    return person if usable else None


@open_to_strangers("GET", "POST")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show whom the link is for; choosing a password signs them in."""
    person = invited(token)
    if person is None:
        return render(request, "workspace/sign_in/invitation_over.html", status=410)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            actions.accept_invitation(person=person, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, person, backend=BACKEND)
            return redirect("workspace:home")
    context = {"form": form, "person": person, "company_name": company.name()}
    status = 422 if form.is_bound else 200
    return render(request, "workspace/sign_in/invitation.html", context, status=status)
