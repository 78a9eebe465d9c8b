"""Settling: events without a customer whose user turned out to have just one are kept with it from then on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import pyarrow as pa

from arbiter.usage.log.columns import MOMENT, SCHEMA, SORTED_BY
from arbiter.usage.log.duck import duck
from arbiter.usage.log.order import ROWS_AT_ONCE
from arbiter.usage.log.table import Log

Known = Sequence[tuple[str, str, datetime]]


def settle(log: Log, people: Known, memberships: Known, *, before: datetime) -> int:
    """Settle what was recorded before a moment, month by month, and return how many events were settled.

    Args:
        log: as it stands; who holds the lock calls this.
        people: the user that each name means, the name, and when it was learnt.
        memberships: a user, a customer at which it was seen, and when that was learnt.
        before: what came later may still learn of a second customer.

    Raises:
        deltalake.exceptions.CommitFailedError: the log has changed since it was looked at; nothing was written.
    """
    months = sorted({part.month for part in log.parts if not part.settled})
    return sum(_settle_month(log, month, people, memberships, before) for month in months)


def _settle_month(log: Log, month: str, people: Known, memberships: Known, before: datetime) -> int:
    with duck() as connection:
        for settled in (True, False):
            log.show(connection, f"log_{settled}".lower(), settled=settled, months=[month])
        connection.register("people", _table(people, ("person", "name", "named_at")))
        connection.register("membership", _table(memberships, ("member", "customer", "seen_at")))
        connection.execute(_HOMES)
        connection.execute(_WHOSE, [before])
        ((count,),) = connection.sql("SELECT count(*) FROM whose").fetchall()
        if count:
            # In one commit: what moves from one partition to the other is never in both, nor in neither.
            events = connection.sql(_MONTH).to_arrow_reader(ROWS_AT_ONCE)
            log.rewrite(events.cast(SCHEMA), months=[month])
    return int(count)


def _table(rows: Iterable[tuple[str, str, datetime]], names: tuple[str, str, str]) -> pa.Table:
    types = (pa.string(), pa.string(), MOMENT)
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    return pa.table(arrays, names=list(names))


# The same as `expressions.events.known` says it of the moment of settling.
_HOMES = """
CREATE TEMP TABLE home AS
SELECT member, min(customer) AS customer, min(known_at) AS known_at FROM (
    SELECT coalesce(person, member) AS member, customer,
           greatest(seen_at, coalesce(named_at, seen_at)) AS known_at
    FROM membership LEFT JOIN people ON people.name = membership.member
) GROUP BY member HAVING min(customer) = max(customer)
"""
_WHOSE = """
CREATE TEMP TABLE whose AS
SELECT source, message_id, coalesce(person, user_id) AS user_id, home.customer AS customer_id,
       greatest(recorded_at, coalesce(named_at, recorded_at), home.known_at) AS recorded_at
FROM log_false LEFT JOIN people ON people.name = coalesce(user_id, anonymous_id)
JOIN home ON home.member = coalesce(person, user_id)
WHERE customer_id IS NULL AND recorded_at < ?
"""
_CHANGED = ("settled", "customer_id", "user_id", "recorded_at")
_NAMES = ", ".join(f'"{name}"' for name in SCHEMA.names)
_THEIRS = ", ".join(
    "true AS settled"
    if name == "settled"
    else f'whose."{name}"'
    if name in _CHANGED
    else f'log_false."{name}"'
    for name in SCHEMA.names
)
_ORDER = ", ".join(f'"{name}"' for name in ("settled", *SORTED_BY))
_MONTH = f"""
SELECT {_NAMES} FROM (
    SELECT {_NAMES} FROM log_true
    UNION ALL
    SELECT {_NAMES} FROM log_false ANTI JOIN whose USING (source, message_id)
    UNION ALL
    SELECT {_THEIRS} FROM log_false JOIN whose USING (source, message_id)
) ORDER BY {_ORDER}
"""  # noqa: S608 - names of columns
