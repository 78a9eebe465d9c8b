"""New, returning, dormant."""

from datetime import date

from arbiter.usage.expressions import lifecycle
from tests.usage.expressions.tables import EVENTS, event, rows

SUNDAY = date(2026, 6, 28)
LOG = [
    event("2026-06-01", user="new"),
    event("2026-06-02", user="new"),
    event("2026-05-31", user="returning"),
    event("2026-06-28", user="returning"),
    event("2026-05-31", user="dormant"),
    event("2026-06-29", user="dormant"),
    event("2026-06-29", user="nobody yet"),
    event("2026-06-03", user=None),
    event("2026-06-03", user="new", customer="quay"),
]


def test_each_person_is_in_one_state():
    found = rows(lifecycle.states(EVENTS, until=SUNDAY), events=LOG)

    assert [tuple(row.values()) for row in found] == [
        ("harbour", "dormant", "dormant"),
        ("harbour", "new", "new"),
        ("harbour", "returning", "returning"),
        ("quay", "new", "new"),
    ]


def test_states_are_counted_by_customer():
    found = rows(lifecycle.counts(EVENTS, until=SUNDAY), events=LOG)

    assert found == [
        {"customer_id": "harbour", "new": 1, "returning": 1, "dormant": 1},
        {"customer_id": "quay", "new": 1, "returning": 0, "dormant": 0},
    ]


def test_the_window_may_be_another():
    found = rows(lifecycle.counts(EVENTS, until=SUNDAY, days=29), events=LOG[:6])

    assert found == [{"customer_id": "harbour", "new": 3, "returning": 0, "dormant": 0}]
