"""Colleagues: who they are, what they may do, and inviting new ones."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone

from arbiter.foundation.actions import people as actions
from arbiter.foundation.mail import outbox
from arbiter.foundation.queries import company, people
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import ROLES, Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page
from arbiter.workspace.sign_in.invitations import link_for

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.foundation.models import Person

GIVEN = [role for role in ROLES.values() if role.name != "owner"]


class InvitationForm(VerbForm):
    """Whom to invite, and as what."""

    name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(label="Work e-mail")
    role = forms.ChoiceField(
        label="Role", choices=[(role.name, role.label) for role in GIVEN], initial="csm"
    )
    team = forms.ModelChoiceField(
        label="Team", queryset=people.teams(), required=False, empty_label="No team"
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _by_name(self.fields["team"])


class PartForm(VerbForm):
    """A colleague's role and team."""

    role = forms.ChoiceField(label="Role", choices=[(role.name, role.label) for role in GIVEN])
    team = forms.ModelChoiceField(
        label="Team", queryset=people.teams(), required=False, empty_label="No team"
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _by_name(self.fields["team"])


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_PEOPLE)
def everyone(request: SignedInRequest) -> HttpResponse:
    """List everyone and their teams; a POST invites somebody new."""
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        now = timezone.now()
        person = form.attempt(actions.invite, by=request.user, at=now)
        if person is not None:
            return _invited(request, person, now)
    context = {
        "form": form,
        "columns": [{"label": label} for label in ("Name", "Mail", "Role", "Team", "Access")],
        "rows": [
            {"person": person, "role": ROLES[person.role].label} for person in people.everyone()
        ],
        "teams": people.teams(),
        "roles": GIVEN,
        "delivers": outbox.delivers(),
    }
    return page(request, "people", context, status=422 if form.is_bound else 200)


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_PEOPLE)
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one colleague; a POST changes role and team."""
    person = get_object_or_404(people.everyone(), pk=pk)
    form = PartForm(request.POST or None, initial={"role": person.role, "team": person.team_id})
    if form.is_valid() and _change(form, person, request.user):
        messages.success(request, f"{person.name}: saved.")
        return redirect("workspace:settings-people")
    never = person.is_active and person.last_login is None
    context = {
        "person": person,
        "role": ROLES[person.role],
        "form": form,
        "invitation": link_for(person) if never and person.role != "owner" else "",
    }
    return page(request, "person", context, status=422 if form.is_bound else 200)


@open_to_colleagues("POST", needs=Permission.MANAGE_PEOPLE)
def access(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a colleague's access, or give it back."""
    person = get_object_or_404(people.everyone(), pk=pk)
    ends = request.POST.get("access") == "end"
    verb = actions.deactivate if ends else actions.reactivate
    try:
        verb(person=person, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        may = "may not sign in any more" if ends else "may sign in again"
        messages.success(request, f"{person.name} {may}.")
    return redirect("workspace:settings-people")


def _change(form: PartForm, person: Person, by: Person) -> bool:
    """Change what was changed, each by its own verb; a refusal shows at its field."""
    role, team = form.cleaned_data.pop("role"), form.cleaned_data.pop("team")
    now = timezone.now()
    if role != person.role and not form.attempt(
        actions.change_role, person=person, role=role, by=by, at=now
    ):
        return False
    if (team.pk if team else None) != person.team_id:
        form.attempt(actions.join_team, person=person, team=team, by=by, at=now)
    return form.is_valid()


def _invited(request: SignedInRequest, person: Person, at: datetime) -> HttpResponse:
    """Send the invitation; where no mail leaves the house, show the link to be handed over."""
    link = link_for(person)
    if not outbox.delivers():
        messages.success(request, f"{person.name} is invited. Hand over the link below.")
        return redirect("workspace:settings-person", person.pk)
    vendor = company.name()
    context = {"person": person, "by": request.user, "link": link, "company": vendor}
    outbox.put(
        dedupe_key=f"foundation.invitation:{person.pk}:{at.isoformat()}",
        to=person.email,
        subject=f"{request.user.name} invites you to {vendor} on Arbiter",
        text=render_to_string("workspace/mail/invitation.txt", context),
        reply_to=request.user.email,
        by=request.user,
        at=at,
        tokens=[link],
    )
    messages.success(request, f"{person.name} is invited: a mail is on its way.")
    return redirect("workspace:settings-people")


def _by_name(field: forms.Field) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.label_from_instance = attrgetter("name")  # type: ignore[assignment]
