"""Writing down what somebody said: in an interview, a ticket, a mail, a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.foundation.roles import Permission
from arbiter.outcomes.queries import goals
from arbiter.voice.actions import feedback as verbs
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.feedback.choice import SOURCES
from arbiter.workspace.fields import ContactField, WordsField
from arbiter.workspace.replies import DatedForm, customer_of, done, show

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.accounts.models import Customer


class ReceiptForm(DatedForm):
    """Who said what, where."""

    GROUPS = (
        ("What they said", 1, ("text",)),
        ("Who and where", 2, ("contact", "source", "on")),
        ("What it is about", 2, ("goal_key", "product_area")),
    )

    text = WordsField(label="In their words", rows=5, help_text="As they said it. It is never edited.")  # fmt: skip
    contact = ContactField(label="Who said it", required=False, empty_label="Nobody knows")
    source = forms.ChoiceField(
        label="Where", choices=[(key, label) for key, label in SOURCES.items() if key != "answer"]
    )
    goal_key = forms.ChoiceField(label="Stands in the way of", required=False)
    product_area = forms.CharField(label="Part of our product", max_length=100, required=False)

    def __init__(self, *args: Any, customer: Customer, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["contact"].queryset = contacts.of(customer)  # type: ignore[attr-defined]
        stated = [(goal.key, goal.statement) for goal in goals.of(customer, as_of=now)]
        self.fields["goal_key"].choices = [("", "No goal of theirs"), *stated]  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def write_down(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the form; a POST keeps the words."""
    customer = customer_of(request, pk)
    now = timezone.now()
    form = ReceiptForm(request.POST or None, customer=customer, now=now)
    if form.keeps(verbs.receive, customer=customer, by=request.user):
        return done(request, "Kept in their words.", customer, to=reverse("workspace:feedback"))
    return show(
        request,
        "form",
        title="Write down feedback",
        now=now,
        customer=customer,
        form=form,
        save="Keep it",
    )
