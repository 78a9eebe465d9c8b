"""What the customer put in is stated by them, and withdrawn when it was wrong."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes import permissions
from arbiter.outcomes.actions import told
from arbiter.outcomes.actions.goals import FromElsewhere
from arbiter.outcomes.models import Goal, Investment
from arbiter.outcomes.permissions import Actor

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Customer


class AmountNegative(Refusal):
    """Effort is never below nothing."""


class CurrencyMissing(Refusal):
    """An amount without a currency says nothing."""


@transaction.atomic
def state(
    *,
    customer: Customer,
    amount: Decimal,
    currency: str,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    goal: Goal | None = None,
    assumptions: str = "",
    stated_by: Contact | None = None,
) -> Investment:
    """Write down the customer's own effort in money, by their own estimate, with what it assumes.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        AmountNegative, CurrencyMissing: the amount cannot be.
        FromElsewhere: the goal or the contact is another customer's.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    if amount < 0:
        raise AmountNegative("The effort cannot be below 0.", field="amount")
    if not currency:
        raise CurrencyMissing("Say in which currency.", field="currency")
    if goal is not None and goal.customer_id != customer.pk:
        raise FromElsewhere(f"The goal is not {customer.name}'s.", field="goal")
    if stated_by is not None and stated_by.customer_id != customer.pk:
        raise FromElsewhere(f"{stated_by.name} is not at {customer.name}.", field="stated_by")
    investment = Investment.objects.create(
        customer=customer,
        goal=goal,
        at=at,
        recorded_at=recorded_at or at,
        amount=amount,
        currency=currency,
        assumptions=assumptions,
        stated_by=stated_by,
    )
    details = {"amount": amount, "currency": currency, "contact": investment.stated_by_id}
    told.of("investment_stated", investment, by=by, at=at, recorded_at=recorded_at, **details)
    return investment


@transaction.atomic
def withdraw(
    *, investment: Investment, by: Actor, at: datetime, recorded_at: datetime | None = None
) -> None:
    """Take back an effort that was stated wrongly. The journal keeps both.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, investment.customer)
    told.of("investment_withdrawn", investment, by=by, at=at, recorded_at=recorded_at)
    investment.delete()
