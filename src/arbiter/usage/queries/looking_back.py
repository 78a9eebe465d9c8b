"""The numbers of usage at the ends of past months, as they were known then: read from the log in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa


class Seen(NamedTuple):
    """What a customer's people did in the four weeks up to the end of a month."""

    users: int
    events: int


class Past:
    """What is known of some months of the past. Held in columns, told a month at a time."""

    def __init__(self, found: pa.Table) -> None:
        self._found = found
        first = found.group_by("customer_id").aggregate([("known_from", "min")])
        keys, moments = first.column("customer_id"), first.column("known_from_min")
        self._known_from = dict(zip(keys.to_pylist(), moments.to_pylist(), strict=True))

    def seen(self, end: date) -> dict[str, Seen]:
        """What was seen at the end of a month, by customer; 0 for whoever was seen before and not in it."""
        import pyarrow.compute as pc

        rows = self._found.filter(pc.field("until") == end)
        columns = (rows.column(name).to_pylist() for name in ("customer_id", *Seen._fields))
        told = {key: Seen(*counts) for key, *counts in zip(*columns, strict=True)}
        moment = datetime.combine(end, time.max, UTC)
        known = (key for key, since in self._known_from.items() if since <= moment)
        return {key: told.get(key, Seen(0, 0)) for key in known}


def past(*, ends: Sequence[date], as_of: datetime) -> Past:
    """Read the log for some months.

    Whose event it was is told by what is known now; what was recorded after a month does not count for it.

    Args:
        ends: the last days of months that follow each other, the earliest first; at least one.
        as_of: what was recorded later does not count.
    """
    from arbiter.usage.engines.choice import configured
    from arbiter.usage.expressions import looking_back

    with configured() as engine:
        return Past(engine.run(looking_back.month_ends(engine.events(as_of), ends=ends)))
