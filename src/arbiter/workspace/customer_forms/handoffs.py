"""The handoff: why they bought and what was promised, by whom, in which words, from which source."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from arbiter.accounts.actions import customers as actions
from arbiter.foundation.roles import Permission
from arbiter.outcomes.queries import goals
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import WordsField
from arbiter.workspace.replies import GroupedForm, customer_of, done, show


class HandoffForm(GroupedForm):
    """What sales knew."""

    GROUPS = (
        ("Why they bought", 1, ("why_bought",)),
        ("What was promised", 1, ("promised_value", "promise_quote")),
        ("Who says so", 2, ("promised_by", "promise_source")),
    )

    why_bought = WordsField(
        label="Why did they buy?",
        required=False,
        help_text="What was wrong before, and why now. In their words where you have them.",
    )
    promised_value = WordsField(
        label="What value was promised?",
        rows=2,
        required=False,
        help_text="A number if one was named: “a third less”, “two weeks instead of six”.",
    )
    promise_quote = WordsField(
        label="The promise, word for word",
        rows=2,
        required=False,
        help_text="From the offer, a mail or the recording.",
    )
    promised_by = forms.CharField(label="Who promised it", max_length=200, required=False)
    promise_source = forms.CharField(
        label="Where it can be found",
        max_length=200,
        required=False,
        help_text="Offer of 12 September, call recording, CRM field …",
    )


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the handoff; a POST writes it down."""
    customer = customer_of(request, pk)
    now = timezone.now()
    initial = {name: getattr(customer, name) for name in HandoffForm.base_fields}
    form = HandoffForm(request.POST or None, initial=initial)
    if form.keeps(actions.hand_off, customer=customer, by=request.user, at=now):
        return done(request, "The handoff is written down.", customer)
    return show(
        request,
        "customer_forms/handoff",
        title="Handoff",
        lead="What we said when they signed. It stays unconfirmed until they state it as a goal.",
        now=now,
        customer=customer,
        form=form,
        goals=goals.of(customer, as_of=now),
    )
