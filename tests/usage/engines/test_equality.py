"""One definition, three engines: a million events give the same rows on DuckDB, on a Spark cluster and in PostgreSQL."""

import math
from datetime import date

import psycopg
import pytest
from django.db import connection

from arbiter.usage.engines.cluster import Spark
from arbiter.usage.engines.embedded import Embedded
from arbiter.usage.engines.warehouse import Warehouse
from arbiter.usage.expressions import (
    activity,
    adoption,
    lifecycle,
    looking_back,
    orders,
    sets,
    sums,
    trend,
    value,
)
from arbiter.usage.expressions import events as log
from arbiter.usage.expressions.rules import Behaviour, Rule
from arbiter.usage.log.table import Log
from arbiter.usage.models import Alias, Membership
from bench.events import generator
from tests.usage.engines.cluster import OPTIONS, master

__all__ = ["master"]

pytestmark = [pytest.mark.sweep, pytest.mark.cluster]

COMPANY = generator.Company(events=1_000_000, customers=2_000, users=50_000, months=9)
UNTIL = generator.UNTIL
FEATURES = {
    "invoicing": ["Invoice Sent", "Order Completed"],
    "reports": ["Report Viewed", "Export Run"],
    "all of it": list(generator.NAMES[:20]),
}
ONCE = Rule(of=[Behaviour(name) for name in ("Invoice Sent", "Export Run", "Search Run")])
SOME = Rule(
    of=[Behaviour("Invoice Sent", 3), Behaviour("Export Run"), Behaviour("Search Run", 2)], need=2
)
RUNNING = Rule(of=[Behaviour("Report Viewed", 5)], per="week", consecutive=3)
MONTHLY = Rule(
    of=[Behaviour("Report Viewed", 5), Behaviour("Search Run")], per="month", consecutive=2
)
SPAN = {"since": date(2026, 3, 1), "until": UNTIL}
ORDER = {"event": "Order Completed", "property": "amount"}
EXPRESSIONS = {
    "active users": lambda known: activity.active_users(known, until=UNTIL),
    "active by week": lambda known: activity.active_by_period(known, per="week", **SPAN),
    "active by month": lambda known: activity.active_by_period(known, per="month", **SPAN),
    "stickiness": lambda known: activity.stickiness(known, until=UNTIL),
    "breadth": lambda known: adoption.breadth(known, features=FEATURES, until=UNTIL),
    "first value": lambda known: value.first(known, rule=ONCE, until=UNTIL),
    "some of a set": lambda known: sets.completions(known, rule=SOME, until=UNTIL),
    "weeks running": lambda known: sets.completions(known, rule=RUNNING, until=UNTIL),
    "months running": lambda known: sets.completions(known, rule=MONTHLY, until=UNTIL),
    "trend": lambda known: trend.weekly(known, until=UNTIL),
    "states": lambda known: lifecycle.states(known, until=UNTIL),
    "state counts": lambda known: lifecycle.counts(known, until=UNTIL),
    "month ends": lambda known: looking_back.month_ends(
        known, ends=[date(2026, 4, 30), date(2026, 5, 31)]
    ),
    "sum": lambda known: sums.per_period(known, **ORDER, how="sum", per="month", **SPAN),
    "count": lambda known: sums.per_period(known, **ORDER, how="count", per="week", **SPAN),
    "largest": lambda known: sums.per_period(known, **ORDER, how="max", per="month", **SPAN),
    "orders": lambda known: orders.summary(
        known, event="Order Completed", amount_property="amount", until=UNTIL
    ),
    "some customers": lambda known: activity.active_users(
        log.only(known, [f"c{number:06}" for number in range(1_000)]), until=UNTIL
    ),
    "everything known": lambda known: known.group_by("customer_id", "user_id", "kind").aggregate(
        events=known.count(), first_at=known.at.min(), last_at=known.recorded_at.max()
    ),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The log of a million events."""
    location = str(tmp_path_factory.mktemp("million") / "events")
    generator.write(COMPANY, location)
    return Log(location)


@pytest.fixture
def people(db):
    """Who the quiet ones are, of whom events do not say it."""
    seen, named = generator.known(COMPANY)
    at = generator.LEARNT
    Membership.objects.bulk_create(
        Membership(user_key=user, customer_key=customer, recorded_at=at) for user, customer in seen
    )
    Alias.objects.bulk_create(
        Alias(user_key=user, other_key=other, recorded_at=at) for user, other in named
    )


def answers(engine):
    known = engine.events(generator.LEARNT)
    return {name: rows(engine.run(asked(known))) for name, asked in EXPRESSIONS.items()}


def rows(table):
    keys = [name for name in table.column_names if table.schema.field(name).type != "double"]
    ordered = table.sort_by([(name, "ascending") for name in keys])
    return list(
        zip(*(ordered.column(name).to_pylist() for name in ordered.column_names), strict=True)
    )


def assert_same(found, wanted):
    assert found.keys() == wanted.keys()
    for name in wanted:
        assert len(found[name]) == len(wanted[name]) > 0, name
        for ours, theirs in zip(wanted[name], found[name], strict=True):
            assert all(map(same, ours, theirs)), f"{name}: {ours} and {theirs}"


def same(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


@pytest.mark.usefixtures("people")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_cluster_of_two_workers_gives_the_same_rows(written, master):
    with Embedded(log=written) as engine:
        wanted = answers(engine)

    with Spark(master, log=written, options=OPTIONS) as engine:
        assert "Exchange" in engine.plan(
            EXPRESSIONS["active users"](engine.events(generator.LEARNT))
        )
        assert_same(answers(engine), wanted)


COLUMNS = {
    "account": "customer_id", "person": "user_id", "name": "event", "what": "kind", "happened": "at",
    "on": "day", "learnt": "recorded_at", "more": "properties",
}  # fmt: skip


@pytest.mark.postgresql
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only where there is a PostgreSQL")
@pytest.mark.usefixtures("people")
def test_a_table_of_ones_own_in_postgresql_gives_the_same_rows(written, transactional_db):
    with Embedded(log=written) as engine:
        wanted = answers(engine)
        known = engine.events(generator.LEARNT)
        told = engine.run(known.select(list(COLUMNS.values())))
    url = _url()
    _fill(url, told)

    columns = [f"{ours}={theirs}" for theirs, ours in COLUMNS.items()]
    with Warehouse(url, table="analytics.clicks", columns=columns) as engine:
        assert_same(answers(engine), wanted)


def _url():
    said = connection.settings_dict
    return f"postgresql://{said['USER']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"


def _fill(url, told):
    with psycopg.connect(url) as connected:
        connected.execute("CREATE SCHEMA analytics")
        kinds = {"happened": "timestamptz", "learnt": "timestamptz", "on": "date", "more": "jsonb"}
        columns = ", ".join(f'"{name}" {kinds.get(name, "text")}' for name in COLUMNS)
        connected.execute(f"CREATE TABLE analytics.clicks ({columns})")
        with connected.cursor().copy("COPY analytics.clicks FROM STDIN") as copying:
            for batch in told.to_batches():
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    copying.write_row(row)
        connected.execute("ANALYZE analytics.clicks")
