"""Between a client and Arbiter: refuses, cuts off and answers late as a network does, and remembers what passed."""

import base64
import gzip
import http.client
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

QUIET_PATHS = ("/flags", "/array", "/decide")
POSTHOGS_OWN = {"$pageview", "$screen", "$identify", "$set", "$groupidentify", "$create_alias"}
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass(frozen=True)
class Trouble:
    """What becomes of one request with events.

    `stored`: it reaches Arbiter first. Then `status` is answered, after `late` seconds; status 0 cuts the line.
    """

    stored: bool
    status: int
    retry_after: int | None = None
    late: float = 0


REFUSED = Trouble(stored=False, status=500)
BUSY = Trouble(stored=False, status=429, retry_after=1)
STORED_THEN_500 = Trouble(stored=True, status=500)
CUT_OFF = Trouble(stored=True, status=0)
TOO_LATE = Trouble(stored=True, status=200, late=3)


class Middleman:
    """A server in front of Arbiter's; the first requests with events meet what is planned for them."""

    def __init__(self, port: int, plan=()) -> None:
        self.plan, self.taken, self.answers = list(plan), [], []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(port))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def next_trouble(self) -> Trouble | None:
        """What the next request with events meets."""
        with self._lock:
            return self.plan.pop(0) if self.plan else None

    def note(self, body: bytes, status: int) -> None:
        """Remember what Arbiter was given and how it answered."""
        with self._lock:
            self.answers.append(status)
            if status == 200:
                self.taken.append(body)

    def ids_taken(self) -> list[str]:
        """The id of each event that Arbiter acknowledged, as often as it did."""
        with self._lock:
            return [_id(event) for body in self.taken for event in _events(body) if _is_ours(event)]

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self, port: int):
        middleman = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = _read(self)
                holds_events = not self.path.startswith(QUIET_PATHS)
                trouble = middleman.next_trouble() if holds_events else None
                if trouble is None or trouble.stored:
                    reply, told = _forward(self, port, body)
                    if holds_events:
                        middleman.note(body, reply.status)
                if trouble is None:
                    _answer(self, reply.status, reply.getheaders(), told)
                else:
                    _trouble(self, trouble)

            def do_GET(self):
                reply, told = _forward(self, port, b"")
                _answer(self, reply.status, reply.getheaders(), told)

            do_OPTIONS = do_GET  # noqa: N815 - the name the base class looks for

            def log_message(self, *words):
                pass

        return Handler


@contextmanager
def between(port: int, plan=()):
    """A middleman for the length of a block."""
    middleman = Middleman(port, plan)
    try:
        yield middleman
    finally:
        middleman.close()


def _read(handler) -> bytes:
    if "chunked" not in handler.headers.get("Transfer-Encoding", ""):
        return handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    parts = []
    while size := int(handler.rfile.readline().split(b";")[0], 16):
        parts.append(handler.rfile.read(size))
        handler.rfile.readline()
    handler.rfile.readline()
    return b"".join(parts)


def _forward(handler, port, body):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {
            name: value for name, value in handler.headers.items() if name.lower() not in HOP
        }
        line.request(handler.command, handler.path, body or None, headers)
        reply = line.getresponse()
        return reply, reply.read()
    finally:
        line.close()


def _trouble(handler, trouble):
    if trouble.status == 0:
        handler.close_connection = True
        return
    time.sleep(trouble.late)
    headers = [("Content-Type", "application/json")]
    if origin := handler.headers.get("Origin"):
        headers += [
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Expose-Headers", "Retry-After"),
        ]
    if trouble.retry_after:
        headers.append(("Retry-After", str(trouble.retry_after)))
    told = {"success": trouble.status == 200, "code": "trouble", "message": "On the way."}
    _answer(handler, trouble.status, headers, json.dumps(told).encode())


def _answer(handler, status, headers, body):
    try:
        handler.send_response(status)
        for name, value in headers:
            if name.lower() not in HOP:
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
    except (BrokenPipeError, ConnectionResetError):
        handler.close_connection = True  # the client has hung up, as one that waits no longer does


def _events(body: bytes):
    """The events of a body, by a reading of our own."""
    text = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    if text.startswith(b"data="):
        text = base64.b64decode(parse_qs(text.decode())["data"][0])
    said = json.loads(text)
    return said.get("batch", [said]) if isinstance(said, dict) else said


def _is_ours(event) -> bool:
    """Whether it is to be kept: PostHog's client also tells how it is itself."""
    name = event.get("event", "")
    return "type" in event or not name.startswith("$") or name in POSTHOGS_OWN


def _id(event) -> str:
    return event.get("messageId") or event["uuid"]
