"""Orders that came as usage events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple


class Order(NamedTuple):
    """What was ordered at a moment, by a customer's key, in whatever currency the event means."""

    customer_key: str
    at: datetime
    recorded_at: datetime
    amount: float


def everything(*, event: str, amount_property: str, until: datetime) -> Iterator[Order]:
    """Every order known at a moment, by customer and time: one question to the event log.

    Args:
        event: the name of the events that are orders.
        amount_property: the property that holds an order's amount; an order without a number there is left out.
        until: what was recorded later is not known.

    Raises:
        ValueError: no property of that name can be asked for.
    """
    # Loaded when there is something to ask: most companies do not sell by orders.
    from arbiter.usage.engines.choice import configured
    from arbiter.usage.expressions import orders
    from arbiter.usage.log.table import open_log

    if not open_log().exists:
        return
    with configured() as engine:
        asked = orders.each(engine.events(until), event=event, amount_property=amount_property)
        found = engine.run(asked)
    for batch in found.sort_by([("customer_id", "ascending"), ("at", "ascending")]).to_batches():
        columns = (
            batch.column(name).to_pylist()
            for name in ("customer_id", "at", "recorded_at", "amount")
        )
        yield from map(Order._make, zip(*columns, strict=True))
