"""Events of a company that never was, written as the log keeps them: the same number gives the same events.

Customers differ in size, people in eagerness, events in how common they are, and days in how busy; customers come
and go over the months. Most events say their customer and their user. Some people's never do: theirs lie apart,
with what was learnt of those people beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa

from arbiter.usage.log import writing
from arbiter.usage.log.columns import PARTITIONS, SCHEMA, SORTED_BY
from arbiter.usage.log.duck import duck

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

UNTIL = date(2026, 6, 28)
LEARNT = datetime(2026, 6, 29, tzinfo=UTC)
MONTHS = 18
NAMES = (
    "Report Viewed", "Invoice Sent", "Signed In", "Record Edited", "Search Run", "Order Completed",
    "File Uploaded", "Comment Added", "Export Run", "Invite Sent", *(f"Feature {n:02} Used" for n in range(40)),
)  # fmt: skip
ROWS_AT_ONCE = 128 * 1024


@dataclass(frozen=True)
class Company:
    """How much of everything there is."""

    events: int
    customers: int = 20_000
    users: int = 1_000_000
    months: int = MONTHS
    seed: int = 1


def write(company: Company, location: str, *, megabytes: int = 4_000) -> None:
    """Write the events of a company into a new log, month by month, sorted as compaction leaves them."""
    from deltalake import write_deltalake

    with duck(megabytes=megabytes) as connection:
        _people(connection, company)
        for first in _months(company.months):
            for settled in (True, False):
                query = connection.sql(_month(company, first, settled=settled))
                write_deltalake(
                    location,
                    query.to_arrow_reader(ROWS_AT_ONCE).cast(SCHEMA),
                    mode="append",
                    partition_by=list(PARTITIONS),
                    target_file_size=writing.FILE_BYTES,
                    writer_properties=writing.properties(),
                    configuration=writing.CONFIGURATION,
                )


def events(company: Company, first: date) -> pa.Table:
    """Return the events of one month."""
    with duck(megabytes=4_000) as connection:
        _people(connection, company)
        parts = (connection.sql(_month(company, first, settled=it)) for it in (True, False))
        return pa.concat_tables([part.to_arrow_table().cast(SCHEMA) for part in parts])


def known(company: Company) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return at which customers people were seen, and their other names, where events do not say it."""
    with duck(megabytes=4_000) as connection:
        _people(connection, company)
        seen = "SELECT user_id, customer_id FROM people WHERE quiet ORDER BY ALL"
        named = "SELECT user_id, 'x' || user_id FROM people WHERE quiet AND nameless ORDER BY ALL"
        return connection.sql(seen).fetchall(), connection.sql(named).fetchall()


def _months(count: int) -> Iterator[date]:
    year, month = UNTIL.year, UNTIL.month
    for back in reversed(range(count)):
        turned = year * 12 + month - 1 - back
        yield date(turned // 12, turned % 12 + 1, 1)


def _people(connection: DuckDBPyConnection, company: Company) -> None:
    """A table of everybody, with how many events each has in a month when busy as ever."""
    connection.execute(
        f"CREATE MACRO chance(a, b) AS (hash(a, b, {company.seed}) >> 32)::DOUBLE / 4294967296.0"
    )
    # Exponentials of a sum of chances stand in for a log-normal: few customers are large, few people eager.
    connection.execute(
        """CREATE MACRO uneven(a, b, s) AS
           exp(s * (chance(a, b || '1') + chance(a, b || '2') + chance(a, b || '3') - 1.5) * 2)"""
    )
    connection.execute(
        f"""CREATE TABLE customers AS SELECT c, printf('c%06d', c) AS customer_id,
            uneven(c, 'size', 1.3) AS size,
            greatest(0, {company.months} * (1.5 * chance(c, 'came') - 0.56)) AS came,
            greatest(came + 1, {company.months} * (0.35 + chance(c, 'went'))) AS went
            FROM range({company.customers}) t(c)"""
    )
    connection.execute(
        f"""CREATE TABLE people AS
            WITH shares AS (SELECT *, sum(size) OVER (ORDER BY c) / sum(size) OVER () AS upto,
                                   (sum(size) OVER (ORDER BY c) - size) / sum(size) OVER () AS above
                            FROM customers)
            SELECT customer_id, came, went, u, printf('u%07d', u) AS user_id,
                   uneven(u, 'eager', 1.6) AS eager,
                   chance(u, 'quiet') < 0.01 AS quiet, chance(u, 'name') < 0.5 AS nameless
            FROM range({company.users}) t(u)
            JOIN shares ON (u + 0.5) / {company.users} >= above AND (u + 0.5) / {company.users} < upto"""
    )


def _month(company: Company, first: date, *, settled: bool) -> str:
    """The events of a month, in the columns and the order of the log."""
    place = company.months - 1 - ((UNTIL.year - first.year) * 12 + UNTIL.month - first.month)
    following = (first + timedelta(days=32)).replace(day=1)
    days = min((following - first).days, (UNTIL - first).days + 1)
    names = ", ".join(f"'{name}'" for name in NAMES)
    order = ", ".join(f'"{name}"' for name in SORTED_BY)
    columns = ", ".join(f'"{name}"' for name in SCHEMA.names)
    busy = f"sum(eager * greatest(0, least(went, {company.months}) - came)) OVER ()"
    return f"""
WITH there AS (
    SELECT *, {company.events} * eager / {busy} AS rate FROM people
), busy AS (
    SELECT * REPLACE (rate * {days} / {(following - first).days} AS rate) FROM there
    WHERE came <= {place} AND went > {place} AND quiet = {not settled}
), counted AS (
    SELECT *, floor(rate + chance(u, 'rest{place}'))::BIGINT AS n FROM busy
), numbered AS (
    SELECT *, unnest(range(n)) AS i FROM counted WHERE n > 0
), chosen AS (
    SELECT *, [{names}][1 + floor({len(NAMES)} * pow(chance(u * 100003 + i, 'name{place}'), 2.5))::INT] AS event,
        -- A person comes on a few days of the month, and does several things on each.
        DATE '{first}' + floor({days} * pow(chance(u, 'day{place}.' || (i % (1 + floor(sqrt(n))::BIGINT))), 0.95))::INT AS day,
        (7 * 3600 + 12 * 3600 * (chance(u * 100003 + i, 'second{place}') + chance(u, 'hour')) / 2) AS second
    FROM numbered
), timed AS (
    SELECT *, (day + to_microseconds((second * 1e6)::BIGINT)) AT TIME ZONE 'UTC' AS "at",
        md5(u || '.' || i || '.{place}.{company.seed}') AS message_id,
        (chance(u * 100003 + i, 'late') < 0.01)::INT AS late
    FROM chosen
), told AS (
    SELECT {str(settled).lower()} AS settled, '{first:%Y-%m}' AS month,
        CASE WHEN quiet THEN NULL ELSE customer_id END AS customer_id,
        CASE WHEN quiet AND nameless THEN NULL ELSE user_id END AS user_id,
        CASE WHEN quiet AND nameless THEN 'x' || user_id END AS anonymous_id,
        CASE WHEN event = 'Report Viewed' THEN 'page' WHEN event = 'Signed In' THEN 'identify' ELSE 'track' END AS kind,
        event, "at", day, "at" AS sent_at,
        "at" + to_seconds(1 + 86400 * late) AS received_at, "at" + to_seconds(1 + 86400 * late) AS recorded_at,
        1::BIGINT AS source, NULL::BIGINT AS import_id, message_id,
        (hash(message_id) >> 1)::BIGINT AS message_hash,
        CASE WHEN event = 'Order Completed' OR event = 'Invoice Sent'
             THEN printf('{{"amount": %.2f, "currency": "EUR"}}', 5 + 400 * pow(chance(message_id, 'amount'), 3))
             WHEN event = 'Report Viewed' THEN printf('{{"path": "/reports/%d"}}', (hash(message_id) >> 58)::INT)
        END AS properties
    FROM timed
)
SELECT {columns} FROM told ORDER BY {order}"""
