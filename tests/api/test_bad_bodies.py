"""Bodies that no client sends on purpose, through the running server: each is told why, and the server stays well."""

import base64
import gzip
import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from arbiter.usage.wire.limits import MOST_BYTES
from tests.clients.installation import Installation

pytestmark = pytest.mark.sweep

CALL = {"type": "track", "event": "Saved", "userId": "u1"}
GOOD = json.dumps({"batch": [CALL]}).encode()
DEEP = b'{"a":' * 10_000 + b"1" + b"}" * 10_000
BOMB = gzip.compress(b"[" + b" " * 30_000_000 + b"]")


def batch(*calls):
    return json.dumps({"batch": calls}).encode()


REFUSED = {
    "cut gzip": (gzip.compress(GOOD * 100)[:-20], 400, "gzip_broken"),
    "broken gzip": (b"\x1f\x8b\x08" + b"x" * 50, 400, "gzip_broken"),
    "bomb of 30 MB": (BOMB, 413, "too_large"),
    "bomb in a gzip": (gzip.compress(BOMB), 413, "too_large"),
    "10,000 deep": (DEEP, 400, "too_deep"),
    "10,000 deep in a batch": (b'{"batch": [' + DEEP + b"]}", 400, "too_deep"),
    "not JSON": (b"hello, world", 400, "not_json"),
    "half of a JSON": (GOOD[:-3], 400, "not_json"),
    "bytes": (bytes(range(128, 256)), 400, "not_json"),
    "a number": (b"7", 400, "not_json"),
    "a word": (b'"hello"', 400, "wrong_shape"),
    "a batch that is none": (b'{"batch": 7}', 400, "wrong_shape"),
    "nothing": (b"", 400, "empty"),
    "too much": (b'{"a": "' + b"x" * MOST_BYTES + b'"}', 413, "too_large"),
    "a million empty things": (b"[" + b"{}," * 1_000_000 + b"{}]", 413, "too_large"),
}
TAKEN = {
    "wrong types": (batch({**CALL, "event": 7}, [], None, CALL), "wrong_type"),
    "a time that is none": (batch({**CALL, "timestamp": "soon"}), "time_unreadable"),
    "a time to come": (batch({**CALL, "timestamp": "2999-01-01"}), "time_ahead"),
    "a time long ago": (batch({**CALL, "timestamp": "1066-10-14"}), "time_too_early"),
    "a name of 100 kB": (batch({**CALL, "event": "x" * 100_000}), "event_too_large"),
    "an id of 10 kB": (batch({**CALL, "userId": "x" * 10_000}), "id_too_long"),
}


class Served:
    """The installation, its source, and how to post to it."""

    def __init__(self, folder: Path) -> None:
        self.installation = Installation(folder, f"sqlite:///{folder}/arbiter.sqlite3")
        self.source = self.installation.ask("source", name="Bad bodies", kind="server")

    def post(self, body, key=None):
        user = base64.b64encode(f"{key or self.source['key']}:".encode()).decode()
        return self._ask("POST", "/v1/batch", body, f"Basic {user}")

    def rejected(self):
        """The codes of what was rejected, by the API."""
        _, told = self._ask("GET", "/api/v1/rejections", None, f"Bearer {self.source['key']}")
        return {one["code"] for one in told["rejections"]}

    def _ask(self, method, path, body, authorization):
        line = http.client.HTTPConnection("127.0.0.1", self.installation.port, timeout=30)
        with closing(line):
            line.request(method, path, body, {"Authorization": authorization})
            reply = line.getresponse()
            return reply.status, json.loads(reply.read())

    def is_well(self):
        return self.post(GOOD) == (200, {"success": True})


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    running = Served(tmp_path_factory.mktemp("served"))
    yield running
    running.installation.close()


@pytest.mark.parametrize("what", REFUSED)
def test_a_body_that_is_none_is_told_why(served, what):
    body, due, code = REFUSED[what]

    status, told = served.post(body)

    assert (status, told["code"]) == (due, code)
    assert told["message"]
    assert served.is_well()


def test_an_unknown_key_is_told_so(served):
    status, told = served.post(GOOD, key="nobody")

    assert (status, told["code"]) == (401, "invalid_write_key")
    assert served.is_well()


@pytest.mark.parametrize("what", TAKEN)
def test_a_bad_event_is_listed_with_its_reason(served, what):
    body, code = TAKEN[what]
    assert served.post(body)[0] == 200

    assert served.installation.ask("flush") == 0

    assert code in served.rejected()
    assert served.is_well()


def test_many_at_once_leave_the_server_well(served):
    bodies = [body for body, _, _ in REFUSED.values()] * 4 + [GOOD] * 40

    with ThreadPoolExecutor(12) as several:
        statuses = [status for status, _ in several.map(served.post, bodies)]

    assert statuses.count(200) == 40
    assert set(statuses) == {200, 400, 413}
    assert served.is_well()
