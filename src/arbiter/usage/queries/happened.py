"""Which customers did something lately, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import NamedTuple


class Happened(NamedTuple):
    """That an event came in of a customer, by its key, and of one of their users, where known."""

    customer_key: str
    user_id: str
    event: str
    at: datetime


def lately(events: Collection[str], *, since: datetime, until: datetime) -> list[Happened]:
    """The newest of each of some events by customer and user, after a moment and known at another: one question."""
    if not events:
        return []
    # Loaded when there is something to ask: most companies wait for no event.
    from arbiter.usage.engines.choice import configured
    from arbiter.usage.expressions import happened
    from arbiter.usage.log.table import open_log
    from arbiter.usage.queries import counting

    if not open_log().exists:
        return []
    with configured() as engine:
        asked = happened.newest(
            engine.events(until), names=sorted(events), since=since, until=until
        )
        found = list(counting.rows(engine, asked, *Happened._fields))
    told = (Happened(key, user or "", event, _aware(at)) for key, user, event, at in found)
    return sorted(told, key=lambda each: (each.customer_key, each.at, each.event))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
