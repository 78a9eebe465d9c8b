"""What a contact's data may be used for, taking it out for them, and the way to erasing it."""

from __future__ import annotations

from io import BytesIO

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.actions import bases as actions
from arbiter.accounts.queries import bases, contacts
from arbiter.connectors.workspace_files import about_person
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.replies import DatedForm, done, show

GROUNDS = {
    "contract": "The contract needs it",
    "legitimate_interest": "Legitimate interest (unless stated otherwise)",
    "consent": "They consented",
    "none": "None: do not use them for it",
}


class BasisForm(DatedForm):
    """On what ground their data serve a purpose, from a day on."""

    GROUPS = (
        ("State a ground", 2, ("purpose", "basis", "on")),
        ("What shows it", 1, ("evidence",)),
    )

    purpose = forms.ChoiceField(
        label="Used for", choices=[(str(each), label) for each, label in bases.PURPOSES.items()]
    )
    basis = forms.ChoiceField(label="Ground", choices=list(GROUNDS.items()))
    evidence = forms.CharField(
        label="Where it stands",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The clause, the weighing of interests, when and how they consented or objected.",
    )


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def privacy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show on what ground a contact's data are used; a POST states one anew."""
    contact = get_object_or_404(contacts.visible_to(request.user), pk=pk)
    now = timezone.now()
    form = BasisForm(request.POST or None, now=now)
    here = reverse("workspace:contact-privacy", args=[contact.pk])
    if form.keeps(actions.state, contact=contact, by=request.user):
        return done(request, "Stated.", contact.customer, to=here)
    held = bases.of([contact.pk], as_of=now)[contact.pk]
    stated = list(bases.stated(contact))
    return show(
        request,
        "contacts/privacy",
        title="Privacy",
        now=now,
        customer=contact.customer,
        crumbs=[_crumb(contact.pk, contact.name)],
        form=form,
        save="State it",
        contact=contact,
        held=[
            (label, bases.GROUNDS[held[purpose]], _stopped(purpose, held[purpose]))
            for purpose, label in bases.PURPOSES.items()
        ],
        stated=[(bases.PURPOSES[each.purpose], bases.GROUNDS[each.basis], each) for each in stated],
        may_erase=request.user.may(Permission.MANAGE_SETTINGS),
        may_export=request.user.may(Permission.EXPORT),
    )


@open_to_colleagues("POST", needs=Permission.EXPORT)
def export(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer all that is on file about a contact as a zip."""
    contact = get_object_or_404(contacts.visible_to(request.user), pk=pk)
    held = BytesIO()
    about_person.export([contact], held, by=request.user, at=timezone.now())
    return HttpResponse(
        held.getvalue(),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="contact-{contact.pk}.zip"'},
    )


def _stopped(purpose: str, basis: str) -> str:
    """What follows where there is no ground."""
    if basis != "none":
        return ""
    return "stop it at its source" if purpose == "usage" else "they get no mail for it"


def _crumb(pk: int, name: str) -> dict[str, str]:
    return {"label": name, "url": reverse("workspace:contact-edit", args=[pk])}
