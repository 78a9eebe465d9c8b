"""DuckDB over the log, with what the operational database knows of people."""

import gc
from datetime import date

import pytest
from django.conf import settings

from arbiter.usage.engines.embedded import Embedded
from arbiter.usage.expressions import activity, events
from arbiter.usage.models import Alias, Membership
from tests.usage.engines.logged import log_of
from tests.usage.expressions.tables import at, event

JUNE = at("2026-06-28", 23)


def who(engine, as_of=JUNE):
    table = engine.run(engine.events(as_of)).select(["customer_id", "user_id"])
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=str)


def test_an_empty_log_has_no_events():
    with Embedded() as engine:
        assert who(engine) == []


@pytest.mark.django_db
def test_what_is_known_of_people_tells_whose_events_are():
    Membership.objects.create(user_key="uma", customer_key="harbour", recorded_at=at("2026-06-10"))
    Alias.objects.create(user_key="uma", other_key="x1", recorded_at=at("2026-06-20"))
    log_of(
        event("2026-06-01", user="dov", customer="quay"),
        event("2026-06-02", user="uma", customer=None),
        event("2026-06-03", user=None, customer=None, anonymous="x1"),
    )

    with Embedded() as engine:
        assert [who(engine, at(day)) for day in ("2026-06-09", "2026-06-19", "2026-06-21")] == [
            [("quay", "dov"), (None, "uma"), (None, None)],
            [("harbour", "uma"), ("quay", "dov"), (None, None)],
            [("harbour", "uma"), ("harbour", "uma"), ("quay", "dov")],
        ]


@pytest.mark.django_db
def test_whose_figures_may_have_moved():
    log_of(event("2026-06-02", user="uma", customer=None))
    for customer, day in (("harbour", "2026-06-10"), ("quay", "2026-06-20")):
        Membership.objects.create(user_key="uma", customer_key=customer, recorded_at=at(day))

    with Embedded() as engine:
        changed = events.touched(
            engine.events(JUNE),
            engine.memberships(JUNE),
            engine.aliases(JUNE),
            since=at("2026-06-15"),
        )

        assert sorted(engine.run(changed)["customer_id"].to_pylist()) == ["harbour", "quay"]


def test_where_every_event_says_it_itself_nobody_is_looked_up():
    log_of(event("2026-06-01"))

    # Without access to the database: looking would fail.
    with Embedded() as engine:
        assert who(engine) == [("harbour", "uma")]


def test_it_tells_what_it_asks_and_how():
    log_of(event("2026-06-01"))

    with Embedded() as engine:
        asked = activity.active_users(engine.events(JUNE), until=date(2026, 6, 28))

        assert "COUNT(DISTINCT" in engine.sql(asked)
        assert "PARQUET" in engine.plan(asked).upper()


def test_nothing_is_left_when_it_is_closed(tmp_path):
    log_of(event("2026-06-01"))

    with Embedded() as engine:
        who(engine)
    gc.collect()

    assert list(settings.DATA_DIR.glob("spill-*")) == []


def test_memory_and_threads_are_those_that_were_given():
    with Embedded(megabytes=123, threads=1) as engine:
        said = engine._connection.execute(
            "SELECT current_setting('memory_limit'), current_setting('threads')"
        ).fetchone()

    assert said == ("117.3 MiB", 1)


def test_events_that_are_kept_give_the_same_answers():
    log_of(event("2026-06-01"), event("2026-06-02", user="dov", customer="quay"))

    with Embedded() as engine:
        kept = engine.kept(events.only(engine.events(JUNE), ["quay"]))
        again = engine.kept(events.only(engine.events(JUNE), ["harbour"]))

        asked = [activity.active_users(some, until=date(2026, 6, 28)) for some in (kept, again)]
        assert [engine.run(each).to_pylist() for each in asked] == [
            [{"customer_id": "quay", "users": 1}],
            [{"customer_id": "harbour", "users": 1}],
        ]
