"""Events over HTTP, kept on disk before the answer: the door beside a bare view and beside a view that does nothing.

One granian server of two processes answers all three, so that they share whatever else the machine does; the body
is the same 100 events of a client of Segment, plain and gzipped, over 16 connections. Rounds of the three follow one
another; a ratio is the middle one of those of the rounds. What does nothing at all, not even through Django, is told
without a bar: it says how fast the server is. Then the door alone at a steady rate, where a wait is counted from the
moment a request was due; the largest bodies it takes, to see what it needs in memory; and how fast the worker reads.

The one who asks runs on the same cores: every figure is with its share of them taken off.

`--seconds N` sets how long a round is, `--quick` takes short ones.
"""

from __future__ import annotations

import argparse
import gzip
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.support import load
from bench.support.databases import databases, environment, own_database
from bench.support.doors import BARE, NOTHING, WITH_DJANGO

EVENTS, CONNECTIONS, PROCESSES, ROUNDS = 100, 16, 2, 3
LEAST_OF_BARE, LEAST_OF_NOTHING = 0.7, 0.15
MOST_MEMORY_MB = 300
RATES = (200, 400)
KEY = "wk_bench"
DOOR = "/v1/batch"
PATHS = (DOOR, BARE, WITH_DJANGO, NOTHING)
LEAST_READ = 60_000
SERVE = """
import django
django.setup()
import sys
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from arbiter.cli.serving import THREADS
Granian("bench.support.doors:application", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI,
        workers=int(sys.argv[2]), blocking_threads=THREADS, log_level=LogLevels.warning).serve()
"""
PREPARE = """
import django, sys
django.setup()
from django.core.management import call_command
from django.utils import timezone
from arbiter.usage.models import Source
from arbiter.usage.rules.keys import hash_of
call_command("migrate", verbosity=0)
Source.objects.create(pk=1, name="Bench", kind="server", key_hash=hash_of(sys.argv[1]), made_at=timezone.now())
"""
EMPTY = """
import django
django.setup()
from arbiter.usage.models import Parcel
print(Parcel.objects.count())
Parcel.objects.all()._raw_delete("default")
"""


def main(argv: Sequence[str]) -> None:
    """Print the ratios on SQLite and, where DATABASE_URL names it, on PostgreSQL."""
    parser = argparse.ArgumentParser(prog="ingest", description=__doc__)
    parser.add_argument("--seconds", type=float, help="of a round")
    parser.add_argument("--quick", action="store_true", help="short rounds")
    asked = parser.parse_args(argv)
    _read(1.0)
    for name, url in databases().items():
        print(f"\n{name}", flush=True)
        _run(url, asked.seconds or (1.0 if asked.quick else 5.0))


def _run(url: str, seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="arbiter-bench-") as folder, own_database(url) as own:
        house = environment(folder, url=own) | {"INBOX_MOST": "10000000", "LOG_LEVEL": "ERROR"}
        _python(house, PREPARE, KEY)
        with _served(house) as (port, processes):
            for kind, body in _bodies().items():
                _race(house, port, kind, body, seconds)
            _steady(port, _bodies()["gzipped"], seconds)
            _fill_up(port)
            _weigh(processes)
        print(f"  {_python(house, EMPTY)} parcels left at the end")


def _race(house: dict[str, str], port: int, kind: str, body: bytes, seconds: float) -> None:
    rounds = []
    for _ in range(ROUNDS):
        rounds.append([_rate(port, _request(path, body), seconds) for path in PATHS])
        _python(house, EMPTY)
    door, bare, nothing, raw = (max(rates) for rates in zip(*rounds, strict=True))
    print(
        f"  {kind} ({len(body):,} bytes): the door {door:,.0f} requests/s = {door * EVENTS:,.0f} events/s, a bare view "
        f"{bare:,.0f}, a view that does nothing {nothing:,.0f}, the server alone {raw:,.0f}"
    )
    of_bare, of_nothing = (
        statistics.median(rates[0] / rates[other] for rates in rounds) for other in (1, 2)
    )
    _say(f"of the bare view {of_bare:.2f} (at least {LEAST_OF_BARE})", of_bare >= LEAST_OF_BARE)
    _say(
        f"of the view that does nothing {of_nothing:.3f} (at least {LEAST_OF_NOTHING})",
        of_nothing >= LEAST_OF_NOTHING,
    )


def _rate(port: int, sent: bytes, seconds: float) -> float:
    """Requests a second; one that is not taken ends the bench."""
    told = load.as_fast_as_possible(port, sent, connections=CONNECTIONS, seconds=seconds)
    assert set(told.statuses) == {200}, told.statuses
    return told.per_second


def _steady(port: int, body: bytes, seconds: float) -> None:
    for rate in RATES:
        told = load.steadily(
            port, _request(DOOR, body), rate=rate, connections=CONNECTIONS, seconds=2 * seconds
        )
        assert set(told.statuses) == {200}, told.statuses
        print(
            f"  at {rate} requests/s ({rate * EVENTS:,} events/s): p50 {told.percentile(0.5):.1f} ms, "
            f"p99 {told.percentile(0.99):.1f} ms, longest {told.percentile(1):.1f} ms"
        )


def _fill_up(port: int) -> None:
    """Send the largest bodies that are taken, on every connection at once, and one that is not."""
    events = json.loads(_plain(EVENTS))["batch"]
    for event in events:
        event["properties"]["text"] = "x" * 30_000
    largest = json.dumps({"batch": events * 2, "writeKey": KEY}).encode()
    for body in (largest, gzip.compress(largest, 1), gzip.compress(b" " * 30_000_000)):
        told = load.as_fast_as_possible(
            port, _request(DOOR, body), connections=CONNECTIONS, seconds=1.0
        )
        print(f"  {len(body) / 1e6:.2f} MB a request: {told.statuses}")


def _read(seconds: float) -> None:
    """Read the same body again and again, on one core, as the worker does."""
    from arbiter.usage.wire.reading import read

    body, at, times = _plain(EVENTS), datetime.now(UTC), 0
    began = time.process_time()
    while (spent := time.process_time() - began) < seconds:
        assert (
            len(read(body, dialect="segment", received_at=at, group_type="company").events)
            == EVENTS
        )
        times += 1
    rate = times * EVENTS / spent
    _say(f"the worker reads {rate:,.0f} events/s of a core (at least {LEAST_READ:,})", rate >= LEAST_READ)  # fmt: skip


def _weigh(processes: list[int]) -> None:
    most = max(_peak_mb(process) for process in processes)
    _say(f"peak memory of a process {most:.0f} MB (at most {MOST_MEMORY_MB})", most <= MOST_MEMORY_MB)  # fmt: skip


def _peak_mb(process: int) -> float:
    said = Path(f"/proc/{process}/status").read_text()
    return int(said.split("VmHWM:")[1].split()[0]) / 1000


def _bodies() -> dict[str, bytes]:
    plain = _plain(EVENTS)
    return {"plain": plain, "gzipped": gzip.compress(plain, 6)}


def _plain(count: int) -> bytes:
    """Events as segment-analytics-python sends them."""
    events = [
        {
            "integrations": {},
            "anonymousId": None,
            "properties": {"rows": number * 37 % 1000, "plan": "pro", "path": f"/reports/{number}"},
            "timestamp": f"2026-11-21T19:{number % 60:02d}:51.987+00:00",
            "context": {
                "groupId": f"acct_{number * 7 % 40}",
                "library": {"name": "analytics-python", "version": "2.4.0"},
            },
            "userId": f"user_{number * 13 % 97}",
            "type": "track",
            "event": ("Report Exported", "Invoice Sent", "Search", "Signed In")[number % 4],
            "messageId": f"{number * 2654435761 % 2**32:08x}-56e4-4495-bee4-bc1cae59ab91",
        }
        for number in range(count)
    ]
    sent = {"batch": events, "sentAt": "2026-11-21T19:36:52.488212+00:00", "writeKey": KEY}
    return json.dumps(sent).encode()


def _request(path: str, body: bytes) -> bytes:
    return load.request(path, body, "Content-Type: application/json")


@contextmanager
def _served(house: dict[str, str]) -> Iterator[tuple[int, list[int]]]:
    """Run the server, and give its port and its processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", SERVE, str(port), str(PROCESSES)]
    server = subprocess.Popen(command, env=house)
    try:
        _wait_for(port)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        yield port, [server.pid, *map(int, children)]
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)
                return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _python(house: dict[str, str], code: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=house, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip()


def _say(finding: str, holds: bool) -> None:
    print(f"    {finding}: {'ok' if holds else 'TOO LITTLE'}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
