"""What bodies of PostHog say."""

import json
from datetime import timedelta

import pytest

from arbiter.usage.wire.event import Belongs, SameUser
from arbiter.usage.wire.reading import read
from tests.usage.captured import (
    POSTHOG_BROWSER,
    POSTHOG_NODE,
    POSTHOG_PYTHON,
    RECEIVED,
    as_json,
)

HAPPENED = RECEIVED - timedelta(milliseconds=13)


def reading(body, group_type="company"):
    return read(as_json(body), dialect="posthog", received_at=RECEIVED, group_type=group_type)


def capture(event="Saved", **more):
    return {"event": event, "distinct_id": "u1", "uuid": "m1"} | more


def test_all_that_posthogs_python_says_is_read():
    found = reading(POSTHOG_PYTHON)

    assert found.rejected == []
    assert [(one.kind, one.event, one.customer_id) for one in found.events] == [
        ("identify", "", None),
        ("track", "Report Exported", "acct_1"),
        ("group", "", "acct_1"),
        ("alias", "", None),
    ]
    assert {one.at for one in found.events} == {HAPPENED}
    assert found.belongs == [Belongs("u1", "acct_1")] * 2
    assert found.same == [SameUser("anon1", "u1")]
    assert [(one.about, one.key, one.traits) for one in found.traits] == [
        ("user", "u1", {"email": "ada@ex.com"}),
        ("customer", "acct_1", {"name": "Initech"}),
    ]


def test_posthogs_node_says_the_same_in_other_places():
    found = reading(POSTHOG_NODE)

    assert found.rejected == []
    assert [(one.kind, one.user_id) for one in found.events] == [
        ("identify", "u1"),
        ("group", None),
        ("alias", "u1"),
    ]
    assert found.belongs == []
    assert found.same == [SameUser("u1", "anon1")]
    assert [(one.about, one.traits) for one in found.traits] == [
        ("user", {"email": "ada@ex.com"}),
        ("customer", {"name": "Initech"}),
    ]


def test_posthogs_browser_names_the_user_once_it_knows_them():
    found = reading(POSTHOG_BROWSER)

    view, identify = found.events
    assert (view.kind, view.user_id, view.anonymous_id) == ("page", None, "0193-anon")
    assert (identify.user_id, identify.anonymous_id) == ("u1", "0193-anon")
    assert found.same == [SameUser("u1", "0193-anon")]
    assert "token" not in json.loads(view.properties)


@pytest.mark.parametrize(
    ("properties", "user"),
    [
        ({}, "u1"),
        ({"$is_identified": True, "$device_id": "u1"}, "u1"),
        ({"$is_identified": False}, None),
        ({"$device_id": "u1"}, None),
        ({"$device_id": "d1"}, "u1"),
        ({"$process_person_profile": False}, "u1"),
        ({"$process_person_profile": False, "$lib": "posthog-python"}, "u1"),
    ],
)
def test_who_is_anonymous_is_told_by_the_properties(properties, user):
    (event,) = reading(capture(properties=properties)).events

    assert event.user_id == user


def test_a_server_that_knows_nobody_makes_an_id_up():
    made_up = "0193b1c0-0000-7000-8000-000000000000"

    (event,) = reading(
        capture(distinct_id=made_up, properties={"$process_person_profile": False})
    ).events

    assert (event.user_id, event.anonymous_id) == (None, made_up)


@pytest.mark.parametrize(
    "event",
    [
        "$snapshot",
        "$exception",
        "$feature_flag_called",
        "$autocapture",
        "$pageleave",
        "$web_vitals",
    ],
)
def test_its_own_events_are_taken_and_dropped(event):
    found = reading([capture(event), capture()])

    assert [one.event for one in found.events] == ["Saved"]
    assert found.rejected == []


def test_groups_of_another_kind_are_none_of_our_customers():
    body = [
        capture(properties={"$groups": {"team": "t1"}}),
        capture("$groupidentify", properties={"$group_type": "team", "$group_key": "t1"}),
    ]

    assert [one.customer_id for one in reading(body).events] == [None]
    assert [one.customer_id for one in reading(body, "team").events] == ["t1", "t1"]


def test_any_event_may_carry_traits():
    found = reading(capture(properties={"$set": {"title": "CFO"}, "rows": 1}))

    assert found.traits[0].traits == {"title": "CFO"}
    assert json.loads(found.events[0].properties)["rows"] == 1


def test_an_event_may_say_how_long_ago_it_was():
    assert reading(capture(offset=1500)).events[0].at == RECEIVED - timedelta(seconds=1.5)
    assert reading(capture(offset=1e300)).events[0].at == RECEIVED


def test_a_screen_has_a_name():
    (event,) = reading(capture("$screen", properties={"$screen_name": "Home"})).events

    assert (event.kind, event.event) == ("screen", "Home")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"event": None}, "no_event_name"),
        ({"event": "x" * 201}, "name_too_long"),
        ({"distinct_id": None}, "no_id"),
        ({"distinct_id": []}, "wrong_type"),
        ({"properties": []}, "wrong_type"),
        ({"properties": {"$groups": "acct_1"}}, "wrong_type"),
        ({"event": "$groupidentify", "properties": {"$group_type": "company"}}, "no_group"),
        ({"event": "$create_alias"}, "no_previous_id"),
        ({"timestamp": "2026-13-01"}, "time_unreadable"),
    ],
)
def test_what_cannot_be_taken_says_why(sent, code):
    found = reading(capture() | sent)

    assert found.events == []
    assert [one.code for one in found.rejected] == [code]


def test_an_id_may_stand_in_three_places():
    sent = {"event": "Saved", "distinct_id": "u1"}

    assert reading(sent | {"properties": {"$insert_id": "i1"}}).events[0].message_id == "i1"
    assert reading(sent | {"message_id": "i2"}).events[0].message_id == "i2"
    assert reading(sent).events[0].message_id.startswith("made-")
