"""Writing down a term, and correcting it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from arbiter.accounts.actions import contracts as actions
from arbiter.accounts.queries import contracts
from arbiter.foundation.queries import company
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import AmountField, CurrencyField, DayField, YesNoField
from arbiter.workspace.replies import GroupedForm, customer_of, done, show

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract, Customer


class ContractForm(GroupedForm):
    """A term."""

    GROUPS = (
        ("How long", 2, ("starts_on", "ends_on", "notice_days", "auto_renew")),
        ("How much", 2, ("arr", "currency", "seats")),
        ("What", 2, ("product", "plan")),
    )

    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")
    notice_days = forms.IntegerField(label="Days of notice", min_value=0, required=False)
    auto_renew = YesNoField(label="Renews by itself")
    arr = AmountField(label="Yearly value", min_value=0, required=False)
    currency = CurrencyField(required=False)
    seats = forms.IntegerField(label="Seats", min_value=0, required=False)
    product = forms.CharField(label="Product", max_length=100, required=False)
    plan = forms.CharField(label="Plan", max_length=100, required=False)


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the form, filled from the term before; a POST writes down a term."""
    customer = customer_of(request, pk)
    now = timezone.now()
    before = contracts.of(customer).first()
    form = ContractForm(request.POST or None, initial=_following(before))
    if form.keeps(actions.add, customer=customer, by=request.user, at=now):
        return done(request, "The contract is written down.", customer)
    return _page(request, customer, form, now=now, title="New contract", save="Add contract")


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a term; a POST corrects it."""
    contract = get_object_or_404(contracts.visible_to(request.user), pk=pk)
    now = timezone.now()
    initial = {name: getattr(contract, name) for name in ContractForm.base_fields}
    form = ContractForm(request.POST or None, initial=initial)
    if form.keeps(actions.edit, contract=contract, by=request.user, at=now):
        return done(request, "The contract is corrected.", contract.customer)
    return _page(
        request, contract.customer, form, now=now, title="Edit contract", contract=contract
    )


def _page(
    request: SignedInRequest, customer: Customer, form: ContractForm, **more: Any
) -> HttpResponse:
    terms = contracts.of(customer)
    return show(request, "contracts/terms", customer=customer, form=form, terms=terms, **more)


def _following(before: Contract | None) -> dict[str, Any]:
    """The next term begins where the last one ends, is as long, and worth as much as was decided."""
    if before is None:
        return {"currency": company.currency()}
    starts_on = before.ends_on + timedelta(days=1)
    renewal = getattr(before, "renewal", None)
    arr = renewal.new_arr if renewal and renewal.new_arr is not None else before.arr
    return {
        "starts_on": starts_on,
        "ends_on": _as_long(before, starts_on),
        "arr": arr,
        "currency": before.currency or company.currency(),
        "seats": before.seats,
        "plan": before.plan,
        "product": before.product,
        "auto_renew": before.auto_renew,
        "notice_days": before.notice_days,
    }


def _as_long(before: Contract, starts_on: date) -> date:
    """Whole years stay whole years, whatever February does; any other length stays as many days."""
    years = starts_on.year - before.starts_on.year
    if (before.starts_on.month, before.starts_on.day) == (starts_on.month, starts_on.day):
        return starts_on.replace(year=starts_on.year + years) - timedelta(days=1)
    return starts_on + (before.ends_on - before.starts_on)
