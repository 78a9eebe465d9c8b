"""A table of one's own: what it lacks is filled in, and nothing is written to it."""

from datetime import date

import psycopg
import pytest
from django.db import connection

from arbiter.usage.engines.warehouse import Warehouse
from arbiter.usage.expressions import activity, events
from tests.usage.expressions.tables import at

JUNE = at("2026-06-28", 23)
COLUMNS = ["customer_id=account", "user_id=person", "event=what", "at=when"]


def test_a_table_is_shown_under_our_names():
    engine = Warehouse("postgresql://nowhere", table="product.clicks", columns=COLUMNS)

    asked = engine.sql(engine.events(JUNE).select("customer_id", "day"))

    assert 'CAST("account" AS TEXT) AS "customer_id"' in asked
    assert """CAST('track' AS TEXT) AS "kind\"""" in asked
    assert """CAST(CAST("when" AT TIME ZONE 'UTC' AS DATE) AS DATE) AS "day\"""" in asked
    assert 'FROM "product"."clicks"' in asked


@pytest.fixture
def clicks(transactional_db):
    """Three clicks of two people, in a table with four columns."""
    said = connection.settings_dict
    url = f"postgresql://{said['USER']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"
    with psycopg.connect(url, autocommit=True) as connected:
        connected.execute(
            'CREATE TABLE clicks (account text, person text, what text, "when" timestamptz)'
        )
        for person, moment in (
            ("uma", "2026-06-01"),
            ("uma", "2026-06-02"),
            ("cleo", "2026-06-29"),
        ):
            connected.execute(
                "INSERT INTO clicks VALUES ('harbour', %s, 'Export', %s)", [person, at(moment)]
            )
        yield url
        connected.execute("DROP TABLE clicks")


@pytest.mark.postgresql
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only where there is a PostgreSQL")
def test_a_table_with_four_columns_is_enough(clicks):
    with Warehouse(clicks, table="clicks", columns=COLUMNS) as engine:
        known = engine.events(JUNE)
        asked = activity.active_users(known, until=date(2026, 6, 28))
        told = events.news(known, since=at("2026-06-01", 10), after=date(2026, 6, 28))
        changed = told.select("customer_id").distinct()

        assert engine.run(asked).to_pylist() == [{"customer_id": "harbour", "users": 1}]
        assert engine.run(changed).to_pylist() == [{"customer_id": "harbour"}]
        assert "clicks" in engine.plan(asked)


@pytest.mark.postgresql
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only where there is a PostgreSQL")
def test_nothing_can_be_written(clicks):
    with (
        Warehouse(clicks, table="clicks", columns=COLUMNS) as engine,
        pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
    ):
        engine._fetched("DELETE FROM clicks RETURNING 1")
