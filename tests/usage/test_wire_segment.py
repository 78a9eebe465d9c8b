"""What bodies of Segment and RudderStack say."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from arbiter.usage.wire.event import Belongs, Erasure, SameUser
from arbiter.usage.wire.reading import read
from tests.usage.captured import (
    RECEIVED,
    RUDDER_NODE,
    RUDDER_PYTHON,
    SEGMENT_BROWSER,
    SEGMENT_PYTHON,
    TIME,
    as_json,
)

# The client's clock is a second behind ours: 13 ms passed between the event and the sending.
HAPPENED = RECEIVED - timedelta(milliseconds=13)


def reading(body, dialect="segment", group_type="company"):
    return read(as_json(body), dialect=dialect, received_at=RECEIVED, group_type=group_type)


def track(**more):
    return {"type": "track", "event": "Saved", "userId": "u1", "messageId": "m1"} | more


def one(dialect="segment", **more):
    found = reading(track(**more), dialect)
    assert found.rejected == []
    (event,) = found.events
    return event


def code_of(**more):
    found = reading(track(**more))
    assert found.events == []
    (rejected,) = found.rejected
    return rejected.code


def test_all_six_calls_of_segments_python_are_read():
    found = reading(SEGMENT_PYTHON)

    assert found.rejected == []
    assert [(one.kind, one.event, one.customer_id) for one in found.events] == [
        ("identify", "", None),
        ("track", "Report Exported", "acct_1"),
        ("page", "Home", None),
        ("group", "", "acct_1"),
        ("alias", "", None),
        ("track", "Signed Up", None),
    ]
    assert found.belongs == [Belongs("u1", "acct_1")] * 2
    assert found.same == [SameUser("u1", "anon1")]
    assert [(one.about, one.key, len(one.traits)) for one in found.traits] == [
        ("user", "u1", 2),
        ("customer", "acct_1", 4),
    ]


def test_an_event_keeps_its_ids_times_and_properties_as_sent():
    event = reading(SEGMENT_PYTHON).events[1]

    assert (event.message_id, event.user_id, event.anonymous_id) == ("m-track", "u1", None)
    assert event.properties == '{"rows": 12}'
    assert (event.at, event.received_at) == (HAPPENED, RECEIVED)
    assert event.sent_at == datetime(2026, 11, 21, 19, 36, 52, tzinfo=UTC)


def test_rudders_python_tells_traits_in_the_context_only():
    found = reading(RUDDER_PYTHON)

    assert found.traits[0].traits == {"email": "ada@ex.com"}
    assert json.loads(found.events[0].properties) == {"email": "ada@ex.com"}


def test_rudders_node_gives_the_time_another_name():
    (event,) = reading(RUDDER_NODE).events

    assert event.at == RECEIVED - timedelta(seconds=1)


def test_segments_browser_sends_one_event():
    (event,) = reading(SEGMENT_BROWSER).events

    assert (event.user_id, event.anonymous_id, event.at) == ("u1", "anon1", HAPPENED)


def test_an_identify_with_both_ids_links_them():
    found = reading({"type": "identify", "userId": "u1", "anonymousId": "a1", "traits": {}})

    assert found.same == [SameUser("u1", "a1")]
    assert found.traits == []


def test_the_context_of_a_batch_holds_for_every_event_that_has_none():
    batch = [track(), track(context={"groupId": "own"}), track(context=None)]

    found = reading({"batch": batch, "context": {"groupId": "shared"}})

    assert [event.customer_id for event in found.events] == ["shared", "own", "shared"]


def test_a_shared_context_that_is_none_holds_for_nothing():
    assert reading({"batch": [track()], "context": "web"}).events[0].customer_id is None
    assert reading({"batch": [track()], "context": None}).events[0].customer_id is None


@pytest.mark.parametrize(
    ("sent", "customer"),
    [
        ({"context": {"groupId": "a"}, "properties": {"$groups": {"company": "b"}}}, "a"),
        ({"properties": {"$groups": {"company": "b"}}, "groupId": "c"}, "b"),
        ({"properties": {"$groups": {"team": "b"}}, "groupId": "c"}, "c"),
        ({"properties": {"$groups": ["b"]}, "groupId": 7}, "7"),
        ({"context": {"groupId": ""}, "groupId": None}, None),
    ],
)
def test_the_customer_is_looked_for_in_order(sent, customer):
    assert one(**sent).customer_id == customer


def test_a_group_call_is_about_its_own_group():
    found = reading(
        {"type": "group", "anonymousId": "a1", "groupId": "g", "context": {"groupId": "h"}}
    )

    assert found.events[0].customer_id == "g"
    assert found.belongs == [Belongs("a1", "g")]


@pytest.mark.parametrize(
    ("sent", "user"), [(7, "7"), (7.0, "7"), (1.5, "1.5"), ("ü", "ü"), (2**60, str(2**60))]
)
def test_numbers_are_ids_too(sent, user):
    assert one(userId=sent).user_id == user


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"type": None}, "no_type"),
        ({"type": "charge"}, "unknown_type"),
        ({"type": "delete"}, "unknown_type"),
        ({"type": 7}, "wrong_type"),
        ({"userId": None}, "no_id"),
        ({"userId": "  ", "anonymousId": ""}, "no_id"),
        ({"userId": True}, "wrong_type"),
        ({"userId": {"id": 1}}, "wrong_type"),
        ({"userId": "x" * 256}, "id_too_long"),
        ({"userId": "a\x00b"}, "bad_character"),
        ({"groupId": "x" * 201}, "id_too_long"),
        ({"event": None}, "no_event_name"),
        ({"event": "x" * 201}, "name_too_long"),
        ({"event": "a\x00"}, "bad_character"),
        ({"event": ["Saved"]}, "wrong_type"),
        ({"properties": [1]}, "wrong_type"),
        ({"properties": "{}"}, "wrong_type"),
        ({"context": "web"}, "wrong_type"),
        ({"type": "group"}, "no_group"),
        ({"type": "alias"}, "no_previous_id"),
        ({"type": "identify", "traits": 7777}, "wrong_type"),
        ({"timestamp": "yesterday"}, "time_unreadable"),
        ({"timestamp": {"seconds": 1}}, "wrong_type"),
        ({"timestamp": "2026-11-23T00:00:00Z"}, "time_ahead"),
        ({"timestamp": "1989-12-31T23:59:59Z"}, "time_too_early"),
        ({"timestamp": "0001-01-01T00:00:00+14:00"}, "time_unreadable"),
        ({"timestamp": -1e18}, "time_unreadable"),
        ({"properties": {"text": "x" * 33_000}}, "event_too_large"),
    ],
)
def test_what_cannot_be_taken_says_why(sent, code):
    assert code_of(**sent) == code


@pytest.mark.parametrize(
    ("sent", "at"),
    [
        ({}, RECEIVED),
        ({"timestamp": ""}, RECEIVED),
        ({"timestamp": TIME}, datetime(2026, 11, 21, 19, 36, 51, 987000, tzinfo=UTC)),
        ({"originalTimestamp": "2026-11-20T10:00:00"}, datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ({"timestamp": "2026-11-20T12:00:00+02:00"}, datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ({"timestamp": "2026-11-20"}, datetime(2026, 11, 20, tzinfo=UTC)),
        ({"timestamp": 1763632800}, datetime(2025, 11, 20, 10, tzinfo=UTC)),
        ({"timestamp": 1763632800000}, datetime(2025, 11, 20, 10, tzinfo=UTC)),
        ({"timestamp": TIME, "sentAt": "soon"}, datetime(2026, 11, 21, 19, 36, 51, 987000, UTC)),
        ({"timestamp": "2020-01-01T00:00:00", "sentAt": "2020-01-01T00:00:05"}, None),
    ],
)
def test_times_are_put_right_by_when_it_was_sent(sent, at):
    assert one(**sent).at == (at or RECEIVED - timedelta(seconds=5))


def test_the_time_of_a_batch_holds_for_events_without_one():
    found = reading({"batch": [track()], "timestamp": "2026-11-20T10:00:00Z"})

    assert found.events[0].at == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_good_events_of_a_batch_are_kept_beside_bad_ones():
    found = reading({"batch": [track(), 7, track(event=None), None, track(messageId="m2")]})

    assert [event.message_id for event in found.events] == ["m1", "m2"]
    assert [one.code for one in found.rejected] == ["wrong_type", "no_event_name", "wrong_type"]


def test_the_sample_of_a_rejected_event_holds_no_key():
    (rejected,) = reading(track(event=None, writeKey="wk_secret")).rejected

    assert '"writeKey": "…"' in rejected.sample
    assert "wk_secret" not in rejected.sample


def test_of_a_batch_that_is_too_long_the_first_are_kept():
    found = reading({"batch": [track(messageId=str(number)) for number in range(2_503)]})

    assert len(found.events) == 2_500
    assert [one.code for one in found.rejected] == ["too_many"] * 3


def test_an_event_without_an_id_gets_one_made_of_what_it_says():
    sent = {"messageId": None, "timestamp": TIME}

    first, again = one(**sent, writeKey="a"), one(**sent, sentAt=TIME, writeKey="b")
    other = one(**sent, event="Opened")

    assert first.message_id == again.message_id
    assert first.message_id != other.message_id


def test_two_equal_events_without_id_and_time_are_two():
    events = reading({"batch": [track(messageId=None), track(messageId=None)]}).events

    assert events[0].message_id != events[1].message_id


def test_a_message_id_of_any_length_is_one():
    long = one(messageId="x" * 300).message_id

    assert long != one(messageId="x" * 301).message_id
    assert one(messageId="x" * 200).message_id == "x" * 200
    assert one(messageId=77).message_id == "77"


def test_a_zero_byte_in_a_property_is_marked_for_no_database_takes_it():
    assert one(properties={"a": "x\x00"}).properties == '{"a": "x\\ufffd"}'


def test_what_json_does_not_know_costs_no_batch():
    body = b'{"batch": [{"type": "track", "event": "\\ud83d cut \xff", "userId": "u", "properties": {"n": NaN}}]}'

    (event,) = read(body, dialect="segment", received_at=RECEIVED, group_type="company").events

    assert json.loads(event.properties) == {"n": None}
    assert event.event == "? cut �"


def test_a_webhook_passes_on_times_that_were_put_right():
    assert one("webhook", timestamp=TIME, sentAt="2020-01-01").at == datetime.fromisoformat(TIME)
    assert one("webhook", originalTimestamp="2020-01-01", sentAt="2020-01-01").at == RECEIVED


def test_a_webhook_asks_to_forget_a_user():
    found = reading({"type": "delete", "userId": "u1", "receivedAt": TIME}, "webhook")

    assert found.events == []
    assert found.erasures == [Erasure("u1", datetime.fromisoformat(TIME))]
    assert reading({"type": "delete"}, "webhook").rejected[0].code == "no_id"
