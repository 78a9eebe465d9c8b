"""The one door to measures of usage."""

import inspect
from datetime import date

import pytest

from arbiter.usage.engines.embedded import Embedded
from arbiter.usage.expressions.rules import Behaviour, Rule
from arbiter.usage.queries import measured
from tests.usage.engines.logged import log_of
from tests.usage.expressions.tables import at, event

JUNE = at("2026-06-28", 23)
SENT = Rule(of=[Behaviour("Invoice Sent")])
ORDER = {"name": "Order", "properties": '{"amount": 20}'}
OPTIONS = {
    "active_users": {},
    "active_by_period": {"per": "month", "since": date(2026, 6, 1)},
    "stickiness": {},
    "breadth": {"features": {"invoicing": ["Invoice Sent"]}},
    "first_value": {"rule": SENT},
    "completions": {"rule": SENT},
    "trend": {},
    "states": {},
    "state_counts": {},
    "property_per_period": {"event": "Order", "property": "amount", "per": "month", "since": date(2026, 6, 1)},
    "orders": {"event": "Order", "amount_property": "amount"},
}  # fmt: skip
SAID = {
    "active_users": [("harbour", 2), ("quay", 1)],
    "active_by_period": [("harbour", date(2026, 6, 1), 2, 3), ("quay", date(2026, 6, 1), 1, 1)],
    "stickiness": [("harbour", 3 / 28, 2, 3 / 56), ("quay", 1 / 28, 1, 1 / 28)],
    "breadth": [("harbour", "invoicing", 2, 2, 2)],
    "first_value": [("harbour", at("2026-06-01"))],
    "completions": [("harbour", at("2026-06-01"), None, True)],
    "states": [("harbour", "cleo", "new"), ("harbour", "uma", "new"), ("quay", "dov", "new")],
    "state_counts": [("harbour", 2, 0, 0), ("quay", 1, 0, 0)],
    "property_per_period": [("harbour", date(2026, 6, 1), 20), ("quay", date(2026, 6, 1), 20)],
    "orders": [("harbour", 0, 0, 18, 0), ("quay", 0, 0, 3, 0)],
}


@pytest.fixture
def _told():
    log_of(
        event("2026-06-01"),
        event("2026-06-02", user="cleo"),
        event("2026-06-10", **ORDER),
        event("2026-06-25", user="dov", customer="quay", **ORDER),
        event("2026-06-29", user="later", customer="later"),
    )


@pytest.mark.usefixtures("_told")
@pytest.mark.parametrize("name", measured.names())
def test_each_measure_has_its_verb_and_its_typed_rows(name):
    rows = getattr(measured, name)(as_of=JUNE, **OPTIONS[name])

    if name == "trend":
        assert [(row.customer_id, row.weeks) for row in rows] == [("harbour", 4), ("quay", 1)]
    else:
        assert [tuple(row) for row in rows] == [
            pytest.approx(row) if name == "stickiness" else row for row in SAID[name]
        ]
    assert all(type(row).__module__ == measured.__name__ for row in rows)


@pytest.mark.usefixtures("_told")
@pytest.mark.parametrize("name", measured.names())
def test_each_measure_may_be_asked_of_some_customers(name):
    with Embedded() as engine:
        rows = measured.run(name, as_of=JUNE, customers=["quay"], engine=engine, **OPTIONS[name])
        none = measured.run(name, as_of=JUNE, customers=[], engine=engine, **OPTIONS[name])

    assert {row.customer_id for row in rows} <= {"quay"}
    assert none == []


@pytest.mark.usefixtures("_told")
def test_another_last_day_may_be_named():
    assert measured.active_users(as_of=JUNE, until=date(2026, 6, 1)) == [("harbour", 1)]


@pytest.mark.usefixtures("_told")
@pytest.mark.parametrize("name", measured.names())
def test_each_measure_tells_what_is_asked_and_how(name):
    told = measured.explain(name, as_of=JUNE, **OPTIONS[name])

    assert told.sql.startswith(("SELECT", "WITH"))
    assert "READ_PARQUET" in told.plan.replace(" ", "")


@pytest.mark.parametrize("name", measured.names())
def test_each_measure_may_be_run_by_hand_on_another_engine(name):
    said = measured.sql(name, as_of=JUNE, dialect="clickhouse", **OPTIONS[name])

    assert 'FROM "events"' in said


def test_a_measure_nobody_knows_is_an_error():
    with pytest.raises(KeyError, match="happiness"):
        measured.run("happiness", as_of=JUNE)


def test_every_measure_is_asked_by_words_only():
    for name in measured.names():
        parameters = inspect.signature(getattr(measured, name)).parameters.values()
        assert {one.kind for one in parameters} <= {
            inspect.Parameter.KEYWORD_ONLY,
            inspect.Parameter.VAR_KEYWORD,
        }
