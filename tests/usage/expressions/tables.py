"""Tiny logs in memory: a line per event, and what an expression makes of them."""

from datetime import UTC, date, datetime, time, timedelta

import duckdb
import ibis
import pyarrow as pa

from arbiter.usage.engines import shape
from arbiter.usage.expressions import dialects, events

EVENTS = ibis.table(events.KNOWN, name="events")
SETTLED = ibis.table(events.LOGGED, name="settled")
UNSETTLED = ibis.table(events.LOGGED, name="unsettled")
MEMBERSHIPS = ibis.table(events.MEMBERSHIPS, name="memberships")
ALIASES = ibis.table(events.ALIASES, name="aliases")


def at(day, hour=9):
    """A moment on a day given as `2026-06-01`."""
    return datetime.combine(date.fromisoformat(day), time(hour), UTC)


def event(
    day,
    user="uma",
    name="Invoice Sent",
    customer="harbour",
    kind="track",
    hour=9,
    anonymous=None,
    properties=None,
    recorded=None,
):
    """One event; `recorded` is when we learnt it, by default when it happened."""
    moment = at(day, hour)
    return {
        "customer_id": customer,
        "user_id": user,
        "anonymous_id": anonymous,
        "kind": kind,
        "event": name,
        "at": moment,
        "day": moment.date(),
        "recorded_at": recorded or moment,
        "properties": properties,
        "message_id": f"{customer} {user} {name} {moment}",
        "source": 1,
    }


def days(first, count):
    """So many days from one on, as texts."""
    return [str(date.fromisoformat(first) + timedelta(days=n)) for n in range(count)]


def rows(expr, **tables):
    """What an expression says of such tables, in the order of its columns."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name, found in tables.items():
            connection.register(name, _table(name, found))
        sql = dialects.sql(expr, dialect="duckdb")
        told = shape.fitted(connection.sql(sql).to_arrow_table(), expr.schema())
    return sorted(told.to_pylist(), key=lambda row: [str(value) for value in row.values()])


def _table(name, found):
    schema = {
        "events": events.KNOWN,
        "settled": events.LOGGED,
        "unsettled": events.LOGGED,
        "memberships": events.MEMBERSHIPS,
        "aliases": events.ALIASES,
    }[name]
    schema = shape.columns(schema)
    return pa.Table.from_pylist(
        [{column: row[column] for column in schema.names} for row in found], schema=schema
    )


def by_customer(found, column):
    """One column of the rows, by customer."""
    return {row["customer_id"]: row[column] for row in found}
