"""Writing down the customer's own effort, and what comes of it by their own prices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.accounts.rules import day
from arbiter.foundation.queries import company
from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import investments as actions
from arbiter.outcomes.queries import goals, investments, returns
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import (
    AmountField,
    ContactField,
    CurrencyField,
    GoalField,
    WordsField,
)
from arbiter.workspace.replies import DatedForm, customer_of, done, show

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.accounts.models import Customer


class InvestmentForm(DatedForm):
    """The customer's effort, by their own estimate."""

    GROUPS = (
        ("How much", 2, ("amount", "currency")),
        ("For what, and who says so", 2, ("goal", "stated_by", "on")),
        ("What it assumes", 1, ("assumptions",)),
    )

    amount = AmountField(label="Their effort in money", min_value=0)
    currency = CurrencyField()
    goal = GoalField(label="Toward the goal", required=False, empty_label="All of them")
    stated_by = ContactField(label="Who says so", required=False, empty_label="Not known")
    assumptions = WordsField(
        label="Assumptions",
        rows=2,
        required=False,
        help_text="As “10 days of two planners at 400 a day”.",
    )

    def __init__(self, *args: Any, customer: Customer, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        people = contacts.current(customer, on=day(now))
        self.fields["stated_by"].queryset = people  # type: ignore[attr-defined]
        standing = goals.of(customer, as_of=now)
        self.fields["goal"].queryset = standing  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def state(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what was put in and what came of it; a POST writes down an effort."""
    customer = customer_of(request, pk)
    now = timezone.now()
    found = returns.of_customer(customer, as_of=now)
    initial = {"currency": found.currency or company.currency()}
    form = InvestmentForm(request.POST or None, customer=customer, now=now, initial=initial)
    if form.keeps(actions.state, customer=customer, by=request.user):
        return done(request, "Their effort is written down.", customer)
    return show(
        request,
        "investments/state",
        title="Their effort",
        lead="What the customer put in counts as cost in the return, beside our price.",
        now=now,
        customer=customer,
        form=form,
        investments=investments.of(customer, as_of=now),
        returns=found,
    )
