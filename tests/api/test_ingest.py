"""The door for events: what is taken, what is refused, and in which words."""

import base64
import gzip
import json
from io import BytesIO

import pytest
from django.db import OperationalError
from django.test import Client

from arbiter.usage.actions import parcels
from arbiter.usage.models import Parcel
from arbiter.usage.queries import inbox, keys
from arbiter.usage.wire.limits import MOST_BYTES
from arbiter.usage.wire.reading import read
from tests.usage.captured import (
    POSTHOG_BROWSER,
    POSTHOG_PYTHON,
    RUDDER_NODE,
    SEGMENT_BROWSER,
    SEGMENT_PYTHON,
    as_json,
)

CALL = {"type": "track", "event": "Saved", "userId": "u1", "messageId": "m1"}


def basic(key, colon=":"):
    return "Basic " + base64.b64encode(f"{key}{colon}".encode()).decode()


def post(path, body, key=None, content_type="application/json", **headers):
    """Post as a client does, whose CSRF checks are those of the product."""
    sent = body if isinstance(body, bytes) else as_json(body)
    given = headers | ({"HTTP_AUTHORIZATION": basic(key)} if key else {})
    return Client(enforce_csrf_checks=True).post(path, sent, content_type=content_type, **given)


def code_of(reply):
    told = reply.json()
    assert told.keys() == {"success", "code", "message"}
    assert told["success"] is False
    assert told["message"]
    return reply.status_code, told["code"]


def kept():
    (parcel,) = Parcel.objects.all()
    return parcel


def events_kept():
    parcel = kept()
    return read(
        gzip.decompress(parcel.body),
        dialect=parcel.dialect,
        received_at=parcel.received_at,
        group_type="company",
    ).events


def named(given):
    """A name for the run: a body's own bytes are long, and a gzip's tell the time."""
    return given if isinstance(given, str) else "body"


SEGMENT_ONE = ("identify", "track", "page", "screen", "group", "alias")
ALL = [
    *(f"/v1/{word}" for word in (*SEGMENT_ONE, *"itpsga", "batch", "b", "import")),
    *("/batch", "/e", "/capture", "/i/v0/e"),
]


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("path", ["/v1/batch", "/v1/t", "/batch", "/e", "/capture", "/i/v0/e"])
@pytest.mark.parametrize("beneath", ["", "/ingest"])
def test_every_address_answers_200_with_and_without_a_slash(server, path, slash, beneath):
    reply = post(beneath + path + slash, {"batch": [CALL]}, key="wk_test")

    assert (reply.status_code, reply.json()) == (200, {"success": True})
    assert kept().events == 1


@pytest.mark.parametrize("path", ALL)
def test_nothing_is_recorded_on_get(client, server, path):
    reply = client.get(path, {"data": as_json(CALL).decode()})

    assert code_of(reply) == (405, "not_post")
    assert reply["Allow"] == "POST, OPTIONS"
    assert not Parcel.objects.exists()


@pytest.mark.parametrize(
    ("path", "body", "key"),
    [
        ("/v1/batch", SEGMENT_PYTHON, None),
        ("/v1/t", SEGMENT_BROWSER, None),
        ("/v1/batch", RUDDER_NODE, "wk_test"),
        ("/batch/", POSTHOG_PYTHON | {"api_key": "wk_test"}, None),
        ("/batch/", {"token": "wk_test", "batch": [{"event": "e", "distinct_id": "u"}]}, None),
        ("/e/", [{**POSTHOG_BROWSER[0], "properties": {"token": "wk_test"}}], None),
    ],
)
def test_the_key_is_found_wherever_the_client_puts_it(server, path, body, key):
    assert post(path, body, key=key).status_code == 200
    assert kept().source == server


def test_the_key_may_be_a_bearer_and_basic_may_lack_its_colon(server):
    for said in ("Bearer wk_test", "bearer wk_test", basic("wk_test", colon="")):
        assert post("/v1/track", CALL, HTTP_AUTHORIZATION=said).status_code == 200


def test_the_key_in_the_header_counts_before_the_one_in_the_body(server):
    reply = post("/v1/track", CALL | {"writeKey": "wk_test"}, key="wk_other")

    assert code_of(reply) == (401, "invalid_write_key")


@pytest.mark.parametrize("said", ["Basic %%%", "Basic /w==", "Basic", "Digest x", basic("")])
def test_a_header_that_names_no_key_leaves_it_to_the_body(server, said):
    body = CALL | {"writeKey": "wk_test"}

    assert post("/v1/track", body, HTTP_AUTHORIZATION=said).status_code == 200
    assert code_of(post("/v1/track", CALL, HTTP_AUTHORIZATION=said))[0] == 401


def test_a_revoked_key_is_refused_once_the_memory_of_it_is_gone(server):
    post("/v1/track", CALL, key="wk_test")
    server.revoked_at = server.made_at
    server.save()
    keys.forget()

    assert code_of(post("/v1/track", CALL, key="wk_test")) == (401, "invalid_write_key")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/plain", as_json(CALL)),
        ("application/x-www-form-urlencoded", gzip.compress(as_json(CALL))),
        ("application/x-www-form-urlencoded", b"data=" + base64.b64encode(as_json(CALL))),
        ("multipart/form-data", as_json(CALL)),
        ("", gzip.compress(as_json(CALL))),
    ],
    ids=named,
)
def test_the_content_type_is_of_no_account(server, content_type, body):
    assert post("/v1/track", body, key="wk_test", content_type=content_type).status_code == 200
    assert events_kept()[0].event == "Saved"


def test_a_gzip_is_kept_as_it_came(server):
    sent = gzip.compress(as_json({"batch": [CALL]}))

    post("/v1/batch", sent, key="wk_test", HTTP_CONTENT_ENCODING="gzip")

    assert bytes(kept().body) == sent


@pytest.mark.parametrize("kind", SEGMENT_ONE)
def test_the_route_says_the_type_of_an_event_that_does_not(server, kind):
    call = {"userId": "u1", "groupId": "g1", "previousId": "u0", "event": "Saved"}

    assert post(f"/v1/{kind}", call, key="wk_test").status_code == 200
    assert [event.kind for event in events_kept()] == [kind]


def test_the_route_counts_where_the_event_says_another_type(server):
    post("/v1/page", {"type": "track", "userId": "u1", "name": "Home"}, key="wk_test")

    assert events_kept()[0].kind == "page"


@pytest.mark.parametrize("body", [{"batch": []}, []])
def test_an_empty_batch_is_a_success_that_keeps_nothing(server, body):
    assert post("/v1/batch", body, key="wk_test").status_code == 200
    assert not Parcel.objects.exists()


def test_of_a_long_batch_2500_are_counted(server):
    assert post("/v1/batch", {"batch": [CALL] * 2_600}, key="wk_test").status_code == 200
    assert kept().events == 2_500


def test_a_batch_with_a_bad_event_is_a_success(server):
    assert post("/v1/batch", {"batch": [CALL, 7]}, key="wk_test").status_code == 200


class Hangup(BytesIO):
    """A connection that ends before all is said."""

    def read(self, *size):
        raise ConnectionResetError


@pytest.mark.parametrize("stream", [BytesIO(as_json(CALL)), Hangup()])
def test_a_body_shorter_than_it_says_is_refused(server, stream):
    reply = post("/v1/track", CALL, key="wk_test", CONTENT_LENGTH="20000", **{"wsgi.input": stream})

    assert code_of(reply) == (400, "cut_off")


@pytest.mark.parametrize(
    ("sent", "status"), [(as_json(CALL), 200), (b"", 400), (b"x" * (MOST_BYTES + 1), 413)]
)
def test_a_body_may_come_in_chunks_without_a_length(server, sent, status):
    chunked = {
        "CONTENT_LENGTH": "",
        "HTTP_TRANSFER_ENCODING": "chunked",
        "wsgi.input": BytesIO(sent),
    }

    assert post("/v1/track", CALL, key="wk_test", **chunked).status_code == status


@pytest.mark.parametrize("said", ["", "-5", "many"])
def test_a_length_that_is_none_is_an_empty_body(server, said):
    reply = post("/v1/track", CALL, key="wk_test", CONTENT_LENGTH=said)

    assert code_of(reply) == (400, "empty")


@pytest.mark.parametrize(
    ("stream", "answer", "read"),
    [
        (BytesIO(b"x" * (MOST_BYTES + 1)), (413, "too_large"), MOST_BYTES + 1),
        (Hangup(), (400, "cut_off"), 0),
    ],
)
def test_a_body_a_little_too_large_is_read_past_so_that_the_client_hears_of_it(
    server, stream, answer, read
):
    length = {"CONTENT_LENGTH": str(MOST_BYTES + 1), "wsgi.input": stream}

    assert code_of(post("/v1/track", CALL, key="wk_test", **length)) == answer
    assert stream.tell() == read


def test_a_body_far_too_large_is_not_even_read(server):
    reply = post("/v1/track", CALL, key="wk_test", CONTENT_LENGTH=str(5 * MOST_BYTES))

    assert code_of(reply) == (413, "too_large")


def test_a_body_may_be_larger_than_a_form(server):
    batch = [CALL | {"properties": {"text": "x" * 30_000}}] * 100

    assert post("/v1/batch", {"batch": batch}, key="wk_test").status_code == 200


def test_an_unknown_address_is_answered_in_the_same_words(client, server):
    assert code_of(client.post("/v1/charge")) == (404, "unknown_address")
    assert code_of(client.get("/v1/")) == (404, "unknown_address")


@pytest.mark.parametrize(
    "trouble", [OperationalError("database is locked"), OperationalError("no connection")]
)
def test_without_the_database_clients_are_asked_to_come_again(server, monkeypatch, trouble):
    def fail(**given):
        raise trouble

    monkeypatch.setattr(parcels, "receive", fail)

    reply = post("/v1/track", CALL, key="wk_test")

    assert code_of(reply) == (503, "database_away")
    assert reply["Retry-After"] == reply["X-RateLimit-Reset"] == "5"


@pytest.mark.django_db(transaction=True)
def test_a_source_that_has_just_gone_is_unknown_and_not_a_reason_to_come_again(server):
    assert post("/v1/track", CALL, key="wk_test").status_code == 200
    Parcel.objects.all().delete()
    server.delete()

    assert code_of(post("/v1/track", CALL, key="wk_test")) == (401, "invalid_write_key")
    assert not Parcel.objects.exists()


def test_a_fault_of_ours_is_no_page_but_the_same_words(server, monkeypatch, caplog):
    monkeypatch.setattr(parcels, "receive", lambda **given: 1 / 0)

    assert code_of(post("/v1/track", CALL, key="wk_test")) == (500, "our_fault")
    assert "ZeroDivisionError" in caplog.text


def test_a_deep_inbox_asks_clients_to_wait(server, settings):
    settings.INBOX_MOST = 2
    for _ in range(3):
        assert post("/v1/track", CALL, key="wk_test").status_code == 200
    inbox.forget()

    reply = post("/v1/track", CALL, key="wk_test")

    assert code_of(reply) == (429, "inbox_full")
    assert reply["Retry-After"] == reply["X-RateLimit-Reset"] == "5"
    assert code_of(post("/v1/track", CALL, key="nobody"))[0] == 401


class TestOrigins:
    def test_a_browser_is_told_beforehand_where_it_may_send_from(self, client, browser):
        reply = client.options("/v1/t", HTTP_ORIGIN="https://app.example")

        assert reply.status_code == 200
        assert reply["Access-Control-Allow-Origin"] == "https://app.example"
        assert reply["Access-Control-Allow-Headers"].split(", ") == [
            "authorization", "content-type", "x-retry-count", "anonymousid", "sentat",
            "rsa-recovered", "rsa-retry-attempt", "rsa-retry-reason", "rsa-since-first-attempt", "rsa-since-last-attempt",
        ]  # fmt: skip
        assert "POST" in reply["Access-Control-Allow-Methods"]
        assert int(reply["Access-Control-Max-Age"]) > 600
        assert reply["Vary"] == "Origin"

    def test_an_origin_that_no_source_lists_is_not_named(self, client, browser):
        reply = client.options("/v1/t", HTTP_ORIGIN="https://evil.example")

        assert "Access-Control-Allow-Origin" not in reply

    def test_a_source_that_lists_none_takes_all(self, client, browser):
        browser.origins = []
        browser.save()

        reply = post("/e/", CALL, key="wk_web", HTTP_ORIGIN="https://any.example")

        assert reply["Access-Control-Allow-Origin"] == "https://any.example"

    @pytest.mark.parametrize(
        ("origin", "status"),
        [("https://app.example", 200), ("https://evil.example", 403), ("null", 403), (None, 403)],
    )
    def test_a_public_key_comes_from_its_own_pages_only(self, browser, origin, status):
        headers = {"HTTP_ORIGIN": origin} if origin else {}

        assert post("/v1/t", CALL, key="wk_web", **headers).status_code == status
        assert Parcel.objects.count() == (status == 200)

    def test_a_secret_key_comes_from_no_page(self, server, browser):
        reply = post("/v1/t", CALL, key="wk_test", HTTP_ORIGIN="https://app.example")

        assert code_of(reply) == (403, "secret_key_in_browser")
        assert reply["Access-Control-Allow-Origin"] == "https://app.example"


class TestStubs:
    @pytest.mark.parametrize("path", ["/flags", "/flags/?v=2", "/decide/?v=3"])
    def test_there_are_no_flags(self, server, path):
        assert post(path, {"token": "wk_test"}).json()["flags"] == {}

    def test_the_configuration_wants_nothing_recorded(self, client, server):
        told = client.get("/array/wk_test/config").json()
        script = client.get("/array/wk_test/config.js").content.decode()

        assert told["sessionRecording"] is False
        assert json.dumps(told) in script

    def test_an_address_writes_nothing_into_the_script(self, client, server):
        script = client.get('/array/"]+alert(1);<script>/config.js').content.decode()

        assert '["\\"]+alert(1);\\u003cscript\\u003e"]' in script
