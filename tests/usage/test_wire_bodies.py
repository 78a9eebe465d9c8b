"""How a body is unpacked, whatever its headers say of it."""

import base64
import gzip
import json
from urllib.parse import quote, urlencode

import pytest

from arbiter.usage.wire import bodies, envelopes
from arbiter.usage.wire.limits import MOST_BYTES, MOST_VALUES
from arbiter.usage.wire.refusals import Unreadable

JSON = b'{"batch": [{"type": "track", "text": "a+b \xc3\xbc"}], "writeKey": "wk_test"}'
IN_BASE64 = base64.b64encode(JSON)


def named(given):
    """A name for the run: a body's own bytes are long, and a gzip's tell the time."""
    return given if isinstance(given, str) else "body"


@pytest.mark.parametrize(
    "sent",
    [
        JSON,
        b"\xef\xbb\xbf" + JSON + b"\n",
        gzip.compress(JSON),
        gzip.compress(JSON[:9]) + gzip.compress(JSON[9:]),
        gzip.compress(gzip.compress(JSON)),
        IN_BASE64,
        IN_BASE64.rstrip(b"="),
        base64.b64encode(gzip.compress(JSON)),
        b"data=" + quote(JSON).encode(),
        b"data=" + quote(IN_BASE64).encode(),
        b"data=" + IN_BASE64,
        urlencode({"ip": 1, "data": gzip.compress(JSON)}).encode(),
        b"compression=gzip-js&data=" + quote(base64.b64encode(gzip.compress(JSON))).encode(),
    ],
    ids=named,
)
def test_the_json_is_found_in_whatever_is_around_it(sent):
    assert bodies.opened(sent).text == JSON


def test_only_a_gzip_of_the_json_itself_is_kept_as_it_came():
    whole = gzip.compress(JSON)

    assert bodies.opened(whole).packed == whole
    assert bodies.opened(JSON).packed is None
    assert bodies.opened(gzip.compress(whole)).packed is None
    assert bodies.opened(gzip.compress(JSON[:9]) + gzip.compress(JSON[9:])).packed is None
    assert bodies.opened(whole + b"rest").packed is None
    assert bodies.opened(gzip.compress(b" " + JSON)).packed is None


def test_what_is_packed_is_unpacked_by_any_gzip():
    assert gzip.decompress(bodies.packed(JSON)) == JSON


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "empty"),
        (b"   ", "empty"),
        (gzip.compress(b""), "empty"),
        (b"data=", "empty"),
        (gzip.compress(JSON)[:-9], "gzip_broken"),
        (b"\x1f\x8b rubbish", "gzip_broken"),
        (b"\x1f\x8b", "gzip_broken"),
        (gzip.compress(b" " * 30_000_000), "too_large"),
        (b'{"a": "' + b"x" * MOST_BYTES + b'"}', "too_large"),
        (b"\x00\x01\x02", "not_json"),
        (b"hello, world", "not_json"),
        (b"<event/>", "not_json"),
    ],
    ids=named,
)
def test_what_cannot_be_unpacked_says_why(sent, code):
    with pytest.raises(Unreadable) as refused:
        bodies.opened(sent)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'{"batch": [', "not_json"),
        (b'{"batch": [1e]}', "not_json"),
        (b"7", "wrong_shape"),
        (b'"text"', "wrong_shape"),
        (b'{"batch": "none"}', "wrong_shape"),
        (b"[1, 2]", "wrong_shape"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "too_deep"),
        (b"[" * 10_000 + b"]" * 10_000, "too_deep"),
        (b"[" * 10_000 + b"NaN" + b"]" * 10_000, "too_deep"),
        (b"[0" + b",0" * (MOST_VALUES + 1) + b"]", "too_large"),
        (b'{"batch": [NaN, Infinity, 1e999, -Infinity]} x', "not_json"),
    ],
)
def test_what_holds_no_events_says_so(text, code):
    with pytest.raises(Unreadable) as refused:
        envelopes.opened(text)

    assert refused.value.code == code


def test_a_batch_a_list_and_one_event_are_told_apart():
    def count(body):
        found = envelopes.opened(json.dumps(body).encode())
        return len(found.items), found.is_batch

    assert count({"batch": [{}, {}]}) == (2, True)
    assert count([{}, {}, {}]) == (3, False)
    assert count({"type": "track"}) == (1, False)
    assert count({"batch": None}) == (1, False)
    assert count([]) == (0, False)


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"writeKey": "a", "api_key": "b"}, "a"),
        ({"writeKey": None, "api_key": "b", "token": "c"}, "b"),
        ({"token": "c", "batch": []}, "c"),
        ({"properties": {"token": "d"}}, "d"),
        ([{"properties": {"token": "d"}}], "d"),
        ([{"properties": {"api_key": "e"}}, {}], "e"),
        ({"writeKey": 7, "properties": ["token"]}, None),
        ({"writeKey": "", "properties": {"token": {}}}, None),
        ([], None),
    ],
)
def test_the_key_is_found_where_clients_put_it(body, key):
    assert envelopes.key(envelopes.opened(json.dumps(body).encode()).envelope) == key
