"""Adding a contact, and correcting what is written about one."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from arbiter.accounts.actions import contacts as actions
from arbiter.accounts.queries import contacts
from arbiter.accounts.queries.choices import ContactRole
from arbiter.accounts.rules import day
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import suppressions
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import DayField
from arbiter.workspace.locales import LanguageField, ZoneField, zones
from arbiter.workspace.replies import GroupedForm, customer_of, done, show


class ContactForm(GroupedForm):
    """What is written about a contact."""

    GROUPS = (
        ("Who they are", 2, ("name", "email", "title", "role")),
        ("More", 2, ("language", "time_zone", "joined_on")),
    )

    name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(
        label="E-mail", required=False, help_text="Without one, ask by a link or in a call."
    )
    title = forms.CharField(label="Title", max_length=200, required=False)
    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, role.label.capitalize()) for role in ContactRole],
        initial=ContactRole.OTHER,
        help_text="What they decide or do. A yes of the friendly ones alone is not a yes.",
    )
    language = LanguageField(required=False, unknown="That of their customer")
    time_zone = ZoneField(help_text="We write in their working hours. Empty: those of our company.")
    joined_on = DayField(label="There since", required=False)


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the empty form; a POST adds a contact to the customer."""
    customer = customer_of(request, pk)
    now = timezone.now()
    form = ContactForm(request.POST or None)
    if form.is_valid():
        contact = form.attempt(actions.add, customer=customer, by=request.user, at=now)
        if contact is not None:
            return done(request, f"{contact.name} is added.", customer)
    return show(
        request,
        "contacts/details",
        title="New contact",
        now=now,
        customer=customer,
        form=form,
        save="Add contact",
        people=contacts.current(customer, on=day(now)),
        zones=zones(),
    )


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what is written about a contact; a POST corrects it."""
    contact = get_object_or_404(contacts.visible_to(request.user), pk=pk)
    now = timezone.now()
    initial = {name: getattr(contact, name) for name in ContactForm.base_fields}
    form = ContactForm(request.POST or None, initial=initial)
    if form.keeps(actions.edit, contact=contact, by=request.user, at=now):
        return done(request, f"{contact.name}: saved.", contact.customer)
    return show(
        request,
        "contacts/details",
        title=contact.name,
        now=now,
        customer=contact.customer,
        form=form,
        contact=contact,
        today=day(now),
        stopped=suppressions.of_address(contact.email, at=now) if contact.email else [],
        zones=zones(),
    )
