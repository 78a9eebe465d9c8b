"""How a term ended. A loss is told apart: ours, external with evidence, or a payment that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.actions import contracts as actions
from arbiter.accounts.queries import contracts
from arbiter.accounts.queries.choices import ChurnCause, Decision
from arbiter.accounts.rules import day
from arbiter.forecast.queries import beliefs
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import AmountField, DayField, WordsField, YesNoField
from arbiter.workspace.replies import GroupedForm, done, show

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.accounts.models import Contract, Renewal

CAUSES = [
    ("", "Not a loss"),
    (ChurnCause.OURS, "Ours: they did not get what they came for"),
    (ChurnCause.EXTERNAL, "External: closed, merged, budget gone for all"),
    (ChurnCause.PAYMENT, "A payment that failed"),
]


class DecisionForm(GroupedForm):
    """What was decided at the end of a term."""

    GROUPS = (
        ("What they decided", 2, ("decision", "decided_on", "new_arr")),
        ("If they leave", 1, ("churn_cause", "churn_reason", "evidence", "avoidable")),
    )

    decision = forms.ChoiceField(
        label="Decision",
        choices=[("", "Choose one"), *((each.value, each.label.capitalize()) for each in Decision)],
    )
    decided_on = DayField(label="Decided on")
    new_arr = AmountField(
        label="New yearly value",
        min_value=0,
        required=False,
        help_text="If it changed.",
    )
    churn_cause = forms.ChoiceField(label="Whose doing was it?", choices=CAUSES, required=False)
    churn_reason = WordsField(label="Why, in their words", rows=2, required=False)
    evidence = WordsField(
        label="What shows it",
        rows=2,
        required=False,
        help_text="Needed if it was external: easily said, and worth nothing without.",
    )
    avoidable = YesNoField(
        label="Could we have avoided it?",
        help_text="If so and we believed it safe, it counts as a surprise.",
    )


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the decision or the form for it; a POST decides, and with `undo` takes the decision back."""
    contract = get_object_or_404(contracts.visible_to(request.user), pk=pk)
    now = timezone.now()
    if request.method == "POST" and "undo" in request.POST:
        return _withdraw(request, contract, now)
    form = DecisionForm(request.POST or None, initial={"decided_on": day(now)})
    if form.is_valid():
        renewal = form.attempt(actions.decide, contract=contract, by=request.user, at=now)
        if renewal is not None:
            return _decided(request, contract, renewal)
    return show(
        request,
        "contracts/decision",
        title="Decision",
        now=now,
        customer=contract.customer,
        form=form,
        contract=contract,
        renewal=getattr(contract, "renewal", None),
        beliefs=beliefs.history(contract, as_of=now)[:3],
        save="Record the decision",
    )


def _decided(request: SignedInRequest, contract: Contract, renewal: Renewal) -> HttpResponse:
    customer = contract.customer
    if renewal.decision == Decision.CHURNED:
        return done(request, f"{customer.name} leaves. It is on record with its cause.", customer)
    said = f"Decided: {renewal.get_decision_display()}."
    last = contracts.of(customer).first()
    if last is None or last.ends_on <= contract.ends_on:
        new = reverse("workspace:contract-new", args=[customer.pk])
        return done(request, f"{said} Add the next term.", customer, to=new)
    return done(request, said, customer)


def _withdraw(request: SignedInRequest, contract: Contract, now: datetime) -> HttpResponse:
    try:
        actions.withdraw_decision(contract=contract, by=request.user, at=now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("workspace:decision", contract.pk)
    return done(request, "The decision is taken back; the contract is open.", contract.customer)
