"""What our people believe is logged, and stays as it was said."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.accounts import permissions as accounts
from arbiter.accounts.queries import contracts
from arbiter.forecast.models import Belief
from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract
    from arbiter.foundation.models import Person


class NotAProbability(Refusal):
    """A belief is a chance between 0 and 100 %."""


class ContractNotOpen(Refusal):
    """A belief is about a decision that is still to come."""


@transaction.atomic
def log(
    *,
    contract: Contract,
    probability: Decimal,
    by: Person,
    at: datetime,
    reason: str = "",
    recorded_at: datetime | None = None,
) -> Belief:
    """Log how likely a person believes a renewal to be. A change of mind is a new belief.

    Raises:
        NotAllowed: the person may not log beliefs about this customer.
        ContractNotOpen: the renewal is decided, or the term does not run.
        NotAProbability: the number lies outside 0 and 1.
    """
    accounts.demand(by, Permission.LOG_BELIEFS, contract.customer)
    if not 0 <= probability <= 1:
        raise NotAProbability("A belief lies between 0 and 100 %.", field="probability")
    known_at = recorded_at or at
    if not contracts.open_at(known_at).filter(pk=contract.pk).exists():
        raise ContractNotOpen("This contract is not open: there is nothing left to believe.")
    belief = Belief.objects.create(
        contract=contract,
        probability=probability,
        reason=reason.strip(),
        at=at,
        recorded_at=known_at,
        by=by,
    )
    journal.record(
        "forecast.belief_logged",
        subject=belief,
        by=by,
        at=at,
        recorded_at=known_at,
        customer=contract.customer_id,
        contract=contract.pk,
        probability=str(probability),
    )
    return belief
