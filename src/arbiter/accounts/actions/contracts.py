"""What is done to contracts: terms are written down, and decided once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from arbiter.accounts import permissions, rules
from arbiter.accounts.actions import changes as edits
from arbiter.accounts.actions.told import tell
from arbiter.accounts.models import Contract, Customer, Renewal
from arbiter.accounts.models.contract import ChurnCause, Decision
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

EDITABLE = frozenset(
    {
        "starts_on",
        "ends_on",
        "arr",
        "currency",
        "seats",
        "plan",
        "product",
        "auto_renew",
        "notice_days",
    }
)


class EndsBeforeStart(Refusal):
    """A term ends on the day it starts, or later."""


class CurrencyMissing(Refusal):
    """An amount without a currency says nothing."""


class AmountNegative(Refusal):
    """A yearly value is never below nothing."""


class AlreadyDecided(Refusal):
    """The contract's renewal is decided."""


class NotDecided(Refusal):
    """There is no decision to take back."""


class DecidedTooEarly(Refusal):
    """The day of the decision lies before the term or after today."""


class AmountContradicts(Refusal):
    """The new amount does not fit the decision."""


class CauseMissing(Refusal):
    """A loss is told apart: ours, external, or a payment that failed."""


class EvidenceMissing(Refusal):
    """That a loss was not ours is easily said; something has to show it."""


@transaction.atomic
def add(
    *,
    customer: Customer,
    starts_on: date,
    ends_on: date,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    arr: Decimal | None = None,
    currency: str = "",
    seats: int | None = None,
    plan: str = "",
    product: str = "",
    auto_renew: bool | None = None,
    notice_days: int | None = None,
) -> Contract:
    """Write down a term.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        EndsBeforeStart, CurrencyMissing, AmountNegative: what was given cannot be.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    contract = Contract(
        customer=customer,
        starts_on=starts_on,
        ends_on=ends_on,
        arr=arr,
        currency=currency,
        seats=seats,
        plan=plan,
        product=product,
        auto_renew=auto_renew,
        notice_days=notice_days,
    )
    _check(contract)
    contract.save(force_insert=True)
    tell("contract_added", contract, by, at, recorded_at, **_terms(contract))
    return contract


@transaction.atomic
def edit(
    *,
    contract: Contract,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    **changes: Any,
) -> Contract:
    """Correct a term. Without a difference nothing happens.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        EndsBeforeStart, CurrencyMissing, AmountNegative: what was given cannot be.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, contract.customer)
    _check(Contract(**{name: getattr(contract, name) for name in EDITABLE} | changes))
    renewal = Renewal.objects.filter(contract=contract, new_arr__isnull=False).first()
    if renewal and changes.get("currency") == "":
        raise CurrencyMissing("The renewal has an amount in this currency.", field="currency")
    before = {"seats": contract.seats, "plan": contract.plan}
    changed = edits.apply(contract, changes, allowed=EDITABLE)
    if changed:
        moved = {name: [was, getattr(contract, name)] for name, was in before.items()}
        told = {name: both for name, both in moved.items() if name in changed}
        terms = _terms(contract)
        tell("contract_edited", contract, by, at, recorded_at, fields=changed, **terms, **told)
    return contract


@transaction.atomic
def decide(
    *,
    contract: Contract,
    decision: str,
    by: Person,
    at: datetime,
    recorded_at: datetime | None = None,
    decided_on: date | None = None,
    new_arr: Decimal | None = None,
    churn_reason: str = "",
    churn_cause: str = "",
    avoidable: bool | None = None,
    evidence: str = "",
) -> Renewal:
    """Record how a term ended. A loss says whose doing it was; that it was not ours needs evidence.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        AlreadyDecided: take the earlier decision back first.
        DecidedTooEarly: the day lies before the term or after `at`.
        CurrencyMissing: a new amount, and the contract has no currency.
        AmountContradicts: the new amount does not fit the decision.
        CauseMissing, EvidenceMissing: the loss is not told apart.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, contract.customer)
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    if Renewal.objects.filter(contract=held).exists():
        raise AlreadyDecided("This renewal is decided. Take the decision back to change it.")
    if decided_on and not contract.starts_on <= decided_on <= rules.day(at):
        raise DecidedTooEarly(
            "The decision was made between the start of the term and today.", field="decided_on"
        )
    if new_arr is not None and not contract.currency:
        raise CurrencyMissing("The contract has no currency. Edit it first.", field="new_arr")
    if rules.new_arr_contradicts(decision, arr=contract.arr, new_arr=new_arr):
        raise AmountContradicts(f"This amount does not fit “{decision}”.", field="new_arr")
    lost = decision == Decision.CHURNED
    if lost:
        _tell_apart(churn_cause, evidence)
    renewal = Renewal.objects.create(
        contract=contract,
        decision=decision,
        decided_on=decided_on or rules.day(at),
        recorded_at=recorded_at or at,
        recorded_by=by,
        new_arr=None if lost else new_arr,
        churn_reason=churn_reason if lost else "",
        churn_cause=churn_cause if lost else "",
        avoidable=avoidable if lost else None,
        evidence=evidence if lost else "",
    )
    details = {"cause": renewal.churn_cause, "avoidable": avoidable} if lost else {}
    true_at = rules.when(renewal.decided_on, at)
    known_at = renewal.recorded_at
    tell("renewal_decided", contract, by, true_at, known_at, decision=str(decision), **details)
    return renewal


@transaction.atomic
def withdraw_decision(
    *, contract: Contract, by: Person, at: datetime, recorded_at: datetime | None = None
) -> Contract:
    """Take a decision back, so that the contract is open again. The journal keeps both.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NotDecided: there is none.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, contract.customer)
    renewal = Renewal.objects.select_for_update().filter(contract=contract).first()
    if renewal is None:
        raise NotDecided("This renewal is not decided.")
    before = renewal.decision
    renewal.delete()
    contract = Contract.objects.select_related("customer").get(pk=contract.pk)
    tell("renewal_withdrawn", contract, by, at, recorded_at, decision=before)
    return contract


def _check(contract: Contract) -> None:
    if contract.ends_on < contract.starts_on:
        raise EndsBeforeStart("The term ends before it starts.", field="ends_on")
    if contract.arr is None:
        return
    if contract.arr < 0:
        raise AmountNegative("The yearly value cannot be below 0.", field="arr")
    if not contract.currency:
        raise CurrencyMissing("Say in which currency.", field="currency")


def _tell_apart(cause: str, evidence: str) -> None:
    if not cause:
        raise CauseMissing(
            "Say whose doing the loss was: ours, external, or a payment.", field="churn_cause"
        )
    if cause == ChurnCause.EXTERNAL and not evidence.strip():
        raise EvidenceMissing(
            "What shows that it was not ours? Name a mail, a call or a public source.",
            field="evidence",
        )


def _terms(contract: Contract) -> dict[str, Any]:
    return {
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "arr": contract.arr,
        "currency": contract.currency,
    }
