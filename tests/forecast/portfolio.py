"""A book of customers written straight into the read model, for tests of what pages read from it."""

from datetime import date, timedelta
from decimal import Decimal

from arbiter.accounts.models import Contract, Customer
from arbiter.forecast import rules
from arbiter.forecast.models import Outlook, Standing
from tests.world import TODAY


def stands(
    name, *, intent="never_asked", days=60, arr="1000.00", owner=None, currency="EUR", **more
):
    """A customer with one contract, and its rows. `days` until the end; None without a contract."""
    customer = Customer.objects.create(key=name.lower(), name=name, owner=owner)
    ends_on = None if days is None else TODAY.date() + timedelta(days=days)
    amount = None if arr is None else Decimal(arr)
    contract = None
    if ends_on is not None:
        contract = Contract.objects.create(
            customer=customer,
            starts_on=date(2024, 1, 1),
            ends_on=ends_on,
            arr=amount,
            currency=currency if amount is not None else "",
        )
        Outlook.objects.create(
            contract=contract,
            customer=customer,
            customer_name=name,
            owner=owner,
            ends_on=ends_on,
            arr=amount,
            currency=contract.currency,
            intent=intent,
            sealed=more.get("sealed", False),
            belief=more.get("belief"),
            probability=more.get("probability"),
            as_of=TODAY,
        )
    return Standing.objects.create(
        customer=customer,
        key=customer.key,
        name=name,
        owner=owner,
        arr=amount,
        currency=currency if amount is not None else "",
        renews_on=ends_on,
        contract_id=contract and contract.pk,
        intent=intent,
        as_of=TODAY,
        **{"words": rules.folded(f"{name}\n{customer.key}"), **more},
    )
