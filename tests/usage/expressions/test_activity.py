"""Who is active, how regularly, and what is used."""

from datetime import date

import pytest

from arbiter.usage.expressions import activity, adoption
from tests.usage.expressions.tables import EVENTS, by_customer, days, event, rows

SUNDAY = date(2026, 6, 28)


def test_people_are_counted_once_and_only_for_what_they_do():
    log = [
        event("2026-06-01"),
        event("2026-06-28", name="Report Read", kind="page"),
        event("2026-06-28", user="cleo", kind="screen"),
        event("2026-06-28", user="sam", kind="identify"),
        event("2026-06-28", user=None),
        event("2026-06-28", user="dov", customer="quay", kind="group"),
        event("2026-06-28", user="dov", customer=None),
    ]

    found = rows(activity.active_users(EVENTS, until=SUNDAY), events=log)

    assert found == [{"customer_id": "harbour", "users": 2}]


@pytest.mark.parametrize(("day", "counted"), [
    ("2026-05-31", []), ("2026-06-01", [1]), ("2026-06-28", [1]), ("2026-06-29", []),
])  # fmt: skip
def test_the_window_is_four_weeks_and_ends_with_its_last_day(day, counted):
    found = rows(activity.active_users(EVENTS, until=SUNDAY), events=[event(day)])

    assert [row["users"] for row in found] == counted


def test_a_window_has_at_least_one_day():
    with pytest.raises(ValueError, match="at least one day"):
        activity.active_users(EVENTS, until=SUNDAY, days=0)


@pytest.mark.parametrize(("per", "periods"), [
    ("day", {"2026-05-31": (1, 1), "2026-06-01": (2, 3), "2026-06-07": (1, 1)}),
    ("week", {"2026-05-25": (1, 1), "2026-06-01": (2, 4)}),
    ("month", {"2026-05-01": (1, 1), "2026-06-01": (2, 4)}),
])  # fmt: skip
def test_weeks_begin_on_monday_and_months_on_the_first(per, periods):
    log = [
        event("2026-05-31", hour=23),
        event("2026-06-01", hour=0),
        event("2026-06-01", user="cleo"),
        event("2026-06-01", user="cleo", name="Report Read"),
        event("2026-06-07", hour=23),
        event("2026-06-29"),
    ]
    expr = activity.active_by_period(EVENTS, per=per, since=date(2026, 5, 1), until=SUNDAY)

    found = rows(expr, events=log)

    assert {str(row["period"]): (row["users"], row["events"]) for row in found} == periods


def test_stickiness_is_the_mean_share_of_active_days():
    log = [
        *(event(day) for day in days("2026-06-01", 14)),
        *(event(day, user="cleo", hour=hour) for day in days("2026-06-22", 7) for hour in (8, 9)),
        event("2026-06-22", user=None),
    ]

    (found,) = rows(activity.stickiness(EVENTS, until=SUNDAY), events=log)

    assert found == {
        "customer_id": "harbour",
        "daily": pytest.approx(21 / 28),
        "monthly": 2,
        "stickiness": pytest.approx((14 / 28 + 7 / 28) / 2),
    }


FEATURES = {"invoicing": ["Invoice Sent", "Invoice Paid"], "reports": ["Report Read"]}


def test_breadth_counts_people_events_and_days_of_each_feature():
    log = [
        event("2026-06-01"),
        event("2026-06-01", name="Invoice Paid"),
        event("2026-06-02", user="cleo"),
        event("2026-06-03", user=None),
        event("2026-06-03", name="Report Read", kind="page"),
        event("2026-06-03", name="Something Else"),
        event("2026-05-01", name="Report Read", customer="quay"),
    ]

    found = rows(adoption.breadth(EVENTS, features=FEATURES, until=SUNDAY), events=log)

    assert found == [
        {"customer_id": "harbour", "feature": "invoicing", "users": 2, "events": 4, "active_days": 3},
        {"customer_id": "harbour", "feature": "reports", "users": 1, "events": 1, "active_days": 1},
    ]  # fmt: skip


def test_an_event_may_show_the_use_of_several_features():
    features = FEATURES | {"closing the month": ["Report Read", "Invoice Paid"]}
    log = [event("2026-06-01", name="Report Read"), event("2026-06-02", name="Invoice Paid")]

    found = rows(adoption.breadth(EVENTS, features=features, until=SUNDAY), events=log)

    assert {row["feature"]: row["events"] for row in found} == {
        "closing the month": 2, "invoicing": 1, "reports": 1,
    }  # fmt: skip


@pytest.mark.parametrize("features", [{}, {"invoicing": []}])
def test_features_name_events(features):
    with pytest.raises(ValueError, match="names an event"):
        adoption.breadth(EVENTS, features=features, until=SUNDAY)


def test_every_customer_has_its_own_figures():
    log = [event("2026-06-01"), event("2026-06-01", user="dov", customer="quay")] * 2

    found = rows(activity.active_users(EVENTS, until=SUNDAY), events=log)

    assert by_customer(found, "users") == {"harbour": 1, "quay": 1}
