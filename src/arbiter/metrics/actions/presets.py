"""The business model is chosen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.metrics import permissions
from arbiter.metrics.models import Preset
from arbiter.metrics.rules import BusinessModel


class UnknownBusinessModel(Refusal):
    """There is no such business model."""


class OrdersUnnamed(Refusal):
    """It is not said which events are orders, or what holds their amount."""


ORDER_EVENT = "Order Completed"
ORDER_AMOUNT = "total"
"""As the usual e-commerce events have it."""


@transaction.atomic
def choose(
    *,
    business_model: str,
    by: Person,
    at: datetime,
    order_event: str = ORDER_EVENT,
    order_amount: str = ORDER_AMOUNT,
) -> Preset:
    """Choose how the company does business; the measures that apply follow from it.

    Args:
        business_model: one of the three.
        order_event: the name of the usage events that are orders.
        order_amount: the property of such an event that holds its amount, in the company's currency.

    Raises:
        NotAllowed: the person may not change settings.
        UnknownBusinessModel: it is none of the three.
        OrdersUnnamed: orders have no name, or no property is named for their amount.
    """
    permissions.demand_manage(by)
    _demand_names(order_event, order_amount)
    if business_model not in set(BusinessModel):
        raise UnknownBusinessModel(
            "Choose contracts, monthly subscriptions or orders.", field="business_model"
        )
    preset = Preset.objects.create(
        business_model=business_model,
        order_event=order_event.strip(),
        order_amount=order_amount.strip(),
        at=at,
        by=by,
    )
    journal.record(
        "metrics.business_model_chosen",
        subject=preset,
        by=by,
        at=at,
        business_model=business_model,
    )
    return preset


def _demand_names(order_event: str, order_amount: str) -> None:
    if not order_event.strip():
        raise OrdersUnnamed("Say which event is an order.", field="order_event")
    if not order_amount.strip():
        raise OrdersUnnamed(
            "Say which property of an order holds its amount.", field="order_amount"
        )
