"""How fast acknowledged events get into the log, and files of events, and how much memory that needs.

A flush reads the bodies, checks and normalises each event, looks for repeats in the whole log, learns who is who and
commits; its baseline is the bare `write_deltalake` of the very rows it made, in the same run. It is asked twice: with
an empty log, and with one that holds ten million events. A file of events is read, checked, compared and appended; its
baseline is DuckDB's bare COPY of the same file to Parquet. Each run is a process of its own.

`--quick` takes a tenth of everything.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.support.databases import databases, environment, own_database

EVENTS_A_BODY, BODIES = 100, 3_000
HELD, FILE_ROWS = 10_000_000, 2_000_000
CUSTOMERS, USERS, NAMES = 20_000, 300_000, 50
LEAST_EVENTS_A_SECOND = 40_000
MOST_MEGABYTES = 300


def main(argv: list[str]) -> None:
    """Print what was measured, on SQLite and, where DATABASE_URL names it, on PostgreSQL."""
    if argv[:1] == ["child"]:
        print(json.dumps(CHILDREN[argv[1]](*argv[2:])))
        return
    parser = argparse.ArgumentParser(prog="flush", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    part = 10 if parser.parse_args(argv).quick else 1
    for name, url in databases().items():
        with (
            tempfile.TemporaryDirectory(prefix="arbiter-bench-") as folder,
            own_database(url) as own,
        ):
            _run(name, Path(folder), own, part)


def _run(name: str, folder: Path, url: str, part: int) -> None:
    def ask(child: str, *given: object) -> dict[str, Any]:
        command = [sys.executable, "-m", "bench.flush", "child", child, *map(str, given)]
        house = environment(folder, url=url) | {"LOG_LEVEL": "ERROR"}
        done = subprocess.run(command, env=house, check=True, capture_output=True, text=True)
        return dict(json.loads(done.stdout))

    ask("prepare")
    for held in (0, HELD // part):
        if held:
            ask("hold", held)
        ask("fill", BODIES // part, held)
        _print_flush(name, held, ask("flush"))
    file = folder / "events.csv"
    bare = ask("copy", file, FILE_ROWS // part)
    ours = ask("take", file)
    print(
        f"{name}: a file of {ours['rows']:,} events at {ours['rows'] / ours['seconds']:,.0f} a second, "
        f"{ours['seconds'] / bare['seconds']:.1f} times DuckDB's bare COPY; peak {ours['megabytes']:.0f} MB",
        flush=True,
    )


def _print_flush(name: str, held: int, told: dict[str, Any]) -> None:
    speed = told["events"] / told["seconds"]
    print(
        f"{name}: flush into a log of {held:,} events: {speed:,.0f} a second "
        f"(at least {LEAST_EVENTS_A_SECOND:,}: {'ok' if speed >= LEAST_EVENTS_A_SECOND else 'TOO SLOW'}), "
        f"{told['seconds'] / told['bare']:.1f} times a bare write_deltalake; "
        f"peak {told['megabytes']:.0f} MB, of which {told['private']:.0f} MB its own "
        f"(at most {MOST_MEGABYTES}: {'ok' if told['megabytes'] <= MOST_MEGABYTES else 'TOO MUCH'})",
        flush=True,
    )


def _prepare() -> dict[str, Any]:
    _django()
    from django.core.management import call_command
    from django.utils import timezone

    from arbiter.usage.models import Source

    call_command("migrate", verbosity=0)
    Source.objects.create(pk=1, name="Bench", kind="server", key_hash="x", made_at=timezone.now())
    return {}


def _fill(bodies: str, seed: str) -> dict[str, Any]:
    _django()
    import gzip
    from datetime import timedelta
    from random import Random
    from uuid import UUID

    from django.utils import timezone

    from arbiter.usage.models import Parcel

    chance, now = Random(int(seed)), timezone.now()

    def call() -> dict[str, Any]:
        user = chance.randrange(USERS)
        at = now - timedelta(seconds=chance.randrange(86_400))
        return {
            "type": "track", "messageId": str(UUID(int=chance.getrandbits(128))), "userId": f"user_{user}",
            "event": f"Event {chance.randrange(NAMES)}", "timestamp": at.isoformat(),
            "context": {"groupId": f"acct_{user % CUSTOMERS}", "library": {"name": "analytics-python", "version": "2.4.0"}},
            "properties": {"rows": chance.randrange(1000), "plan": "pro"}, "integrations": {},
        }  # fmt: skip

    for _ in range(int(bodies)):
        body = {"batch": [call() for _ in range(EVENTS_A_BODY)], "sentAt": now.isoformat()}
        packed = gzip.compress(json.dumps(body).encode(), 1)
        Parcel.objects.create(source_id=1, received_at=now, dialect="segment", events=EVENTS_A_BODY, body=packed)  # fmt: skip
    return {}


def _hold(rows: str) -> dict[str, Any]:
    """Put so many events of eighteen months into the log, as if they had come before."""
    _django()
    from arbiter.usage.log import conditions
    from arbiter.usage.log.columns import SCHEMA
    from arbiter.usage.log.duck import duck
    from arbiter.usage.log.table import FILES_APP, open_log

    made = f"""
    SELECT true AS settled, strftime(moment, '%Y-%m') AS month, 'acct_' || (person % {CUSTOMERS}) AS customer_id,
           'user_' || person AS user_id, NULL::VARCHAR AS anonymous_id, 'track' AS kind,
           'Event ' || (id % {NAMES}) AS event, moment AS "at", moment::DATE AS day, NULL::TIMESTAMPTZ AS sent_at,
           moment AS received_at, moment AS recorded_at, 1::BIGINT AS source, NULL::BIGINT AS import_id, message_id,
           {conditions.HASH.format(source="'1'")} AS message_hash, '{{"rows": 12}}' AS properties
    FROM (SELECT range AS id, uuid()::VARCHAR AS message_id, (random() * {USERS})::BIGINT AS person,
                 TIMESTAMPTZ '2025-05-01 00:00:00+00' + to_seconds((random() * 46000000)::BIGINT) AS moment
          FROM range({int(rows)}))
    ORDER BY month, customer_id, "at"
    """
    with duck(megabytes=1500) as connection:
        open_log().append_sorted(
            lambda: connection.sql(made).to_arrow_reader(65_536).cast(SCHEMA),
            number=1,
            app=FILES_APP,
        )
    return {}


def _flush() -> dict[str, Any]:
    _django()
    import shutil
    from datetime import timedelta

    from deltalake import write_deltalake
    from django.utils import timezone

    from arbiter.usage.actions import flushes
    from arbiter.usage.log.columns import SCHEMA
    from arbiter.usage.log.duck import duck
    from arbiter.usage.log.table import open_log

    began_at = timezone.now() - timedelta(hours=1)
    # What a worker loads with its first flush it has loaded for all others.
    flushes.flush(at=timezone.now(), most_events=1)
    events, began = 0, perf_counter()
    while (done := flushes.flush(at=timezone.now())) is not None:
        events += done.events
    seconds = perf_counter() - began
    told = {"events": events, "seconds": seconds, **_memory()}
    bare = tempfile.mkdtemp(prefix="arbiter-bench-")
    told["bare"] = 0.0
    with duck() as connection:
        open_log().show(connection, "log", settled=True)
        names = ", ".join(f'"{name}"' for name in SCHEMA.names)
        new = connection.sql(f"SELECT {names} FROM log WHERE received_at > '{began_at}'")
        for batch in new.to_arrow_reader(flushes.MOST_EVENTS).cast(SCHEMA):
            began = perf_counter()
            write_deltalake(bare, batch, mode="append", partition_by=["settled", "month"])
            told["bare"] += perf_counter() - began
    shutil.rmtree(bare)
    return told


def _copy(file: str, rows: str) -> dict[str, Any]:
    """Make the file, and time the bare copying of it."""
    import duckdb

    columns = f"""
    SELECT uuid()::VARCHAR AS message_id, strftime(TIMESTAMP '2025-05-01' + to_seconds((random() * 46000000)::BIGINT),
           '%Y-%m-%dT%H:%M:%SZ') AS "at", 'acct_' || (person % {CUSTOMERS}) AS customer_id, 'user_' || person AS user_id,
           'Event ' || (id % {NAMES}) AS event, '{{"rows": 12}}' AS properties
    FROM (SELECT range AS id, (random() * {USERS})::BIGINT AS person FROM range({int(rows)}))
    """
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"COPY ({columns}) TO '{file}' (HEADER)")
        began = perf_counter()
        connection.execute(f"COPY (FROM read_csv('{file}')) TO '{file}.parquet' (COMPRESSION zstd)")
        return {"seconds": perf_counter() - began}


def _take(file: str) -> dict[str, Any]:
    _django()
    from django.utils import timezone

    from arbiter.foundation.models import Person
    from arbiter.usage.actions import event_files

    began = perf_counter()
    done = event_files.store([Path(file)], by=Person.objects.system(), at=timezone.now())
    assert done.stored, done.bad
    return {"rows": done.rows, "seconds": perf_counter() - began, **_memory()}


CHILDREN: dict[str, Callable[..., dict[str, Any]]] = {
    "prepare": _prepare,
    "fill": _fill,
    "hold": _hold,
    "flush": _flush,
    "copy": _copy,
    "take": _take,
}


def _django() -> None:
    """Start as a worker does, and without what only the checks need: Arrow loads pandas wherever it is installed."""
    import django

    sys.meta_path.insert(0, _WithoutPandas())
    django.setup()
    from arbiter.foundation.jobs import memory

    memory.keep_little()


class _WithoutPandas:
    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("pandas is no part of Arbiter.", name=name)


def _memory() -> dict[str, float]:
    """Return the peak of memory, and how much of it now is private: the rest are files that are mapped."""
    private = 0.0
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        private = int(lines["RssAnon"].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"megabytes": peak, "private": private}


if __name__ == "__main__":
    main(sys.argv[1:])
