"""Logging a call, a meeting, a mail, a review or a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.accounts.rules import day
from arbiter.engagement.actions import touchpoints as actions
from arbiter.engagement.queries import touchpoints
from arbiter.engagement.queries.choices import TouchpointKind
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import ContactsField, WordsField
from arbiter.workspace.replies import DatedForm, customer_of, done, show


class TouchpointForm(DatedForm):
    """What happened, with whom."""

    GROUPS = (
        ("What it was", 2, ("kind", "on")),
        ("Who took part", 1, ("contacts",)),
        ("What was said", 1, ("value_conversation", "summary")),
    )

    kind = forms.ChoiceField(
        label="Kind", choices=[(each.value, each.label.capitalize()) for each in TouchpointKind]
    )
    contacts = ContactsField(label="Their people", required=False)
    value_conversation = forms.BooleanField(
        label="We talked about their goals",
        required=False,
        help_text="A value conversation: what they want, what they got, what is missing.",
    )
    summary = WordsField(
        label="In a few lines",
        rows=4,
        required=False,
        help_text="For colleagues. The customer never sees it.",
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contacts"].queryset = people  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def log(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the form and what was logged lately; a POST logs a touchpoint."""
    customer = customer_of(request, pk)
    now = timezone.now()
    people = contacts.current(customer, on=day(now))
    form = TouchpointForm(request.POST or None, now=now, people=people)
    if form.keeps(actions.log, customer=customer, by=request.user):
        return done(request, "Logged.", customer)
    last = touchpoints.last_value_conversation([customer.pk], as_of=now)
    return show(
        request,
        "touchpoints/log",
        title="Log a touchpoint",
        now=now,
        customer=customer,
        form=form,
        touchpoints=touchpoints.of(customer, as_of=now)[:5],
        last_value_conversation=last.get(customer.pk),
        save="Log it",
    )
