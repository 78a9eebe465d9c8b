"""Repeats: messages that the log holds already. The first to arrive stays."""

from __future__ import annotations

import pyarrow as pa

from arbiter.usage.log.duck import duck
from arbiter.usage.log.table import Log

_BOTH = (True, False)


def without(log: Log, events: pa.Table) -> pa.Table:
    """Return the events whose source and message id the log does not hold.

    One column of the log is read, the hash; only where a hash is found are the texts compared.
    """
    if not log.exists or not events.num_rows:
        return events
    with duck() as connection:
        for settled in _BOTH:
            log.show(connection, _name(settled), settled=settled)
        connection.register("batch", events.select(["source", "message_id", "message_hash"]))
        suspects = connection.sql(_FOUND).to_arrow_table()
        if not suspects.num_rows:
            return events
        connection.register("suspect", suspects)
        held = connection.sql(_HELD).to_arrow_table()
    return _except(events, held)


def _name(settled: bool) -> str:
    return "settled_log" if settled else "other_log"


_FOUND = """
SELECT DISTINCT message_hash FROM (
    SELECT message_hash FROM settled_log UNION ALL SELECT message_hash FROM other_log
) WHERE message_hash IN (SELECT message_hash FROM batch)
"""
_HELD = """
SELECT DISTINCT source, message_id FROM (
    SELECT source, message_id, message_hash FROM settled_log
    UNION ALL SELECT source, message_id, message_hash FROM other_log
) WHERE message_hash IN (SELECT message_hash FROM suspect)
"""


def _except(events: pa.Table, held: pa.Table) -> pa.Table:
    known = set(zip(held["source"].to_pylist(), held["message_id"].to_pylist(), strict=True))
    pairs = zip(events["source"].to_pylist(), events["message_id"].to_pylist(), strict=True)
    return events.filter(pa.array([pair not in known for pair in pairs], pa.bool_()))
