"""How long it takes to forecast 10,000 open contracts beside the bare reading of what a forecast is made of.

Each customer has one open contract, three contacts of whom one was asked and has answered, two goals with three
results each, a verdict and a health score. The forecast reads all of it as of a day, makes every probability,
range and reason, and stores nothing. The baseline reads the same tables' rows and does nothing with them.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bench.support.databases import environment

CONTRACTS = 10_000
TURNS = 3
MOST_SECONDS = 2.0
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
TABLES = (
    "accounts_contract",
    "accounts_contact",
    "accounts_signal",
    "voice_ask",
    "voice_answer",
    "outcomes_goal",
    "outcomes_revision",
    "outcomes_result",
    "outcomes_verdict",
)


def main(argv: list[str]) -> None:
    """Print the time, and its ratio to the bare reading, on a throw-away SQLite."""
    if argv[:1] == ["measure"]:
        _measure(int(argv[1]))
        return
    with tempfile.TemporaryDirectory(prefix="arbiter-bench-") as folder:
        subprocess.run(
            [
                sys.executable,
                "-c",
                "from bench.forecast_speed import main; import sys; main(sys.argv[1:])",
                "measure",
                argv[0] if argv else str(CONTRACTS),
            ],
            env=environment(folder, settings="tests.settings"),
            check=True,
        )


def _measure(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _fill(count)
    from arbiter.forecast.queries import forecasts

    ours, bare = [], []
    for _ in range(TURNS):
        bare.append(_timed(_read_bare))
        ours.append(_timed(lambda: _expect(len(forecasts.at(NOW)), count)))
    best, baseline = min(ours), min(bare)
    verdict = "ok" if best <= MOST_SECONDS else "TOO MUCH"
    print(
        f"Forecast of {count:,} open contracts with reasons: {best:.2f} s (at most {MOST_SECONDS:.0f}); "
        f"bare reading of the same rows {baseline:.2f} s; ratio {best / baseline:.2f}: {verdict}"
    )


def _timed(work: object) -> float:
    began = perf_counter()
    work()  # type: ignore[operator]
    return perf_counter() - began


def _expect(found: int, wanted: int) -> None:
    if found != wanted:
        raise SystemExit(f"{found} forecasts of {wanted} contracts: this run measures nothing.")


def _read_bare() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table}")
            cursor.fetchall()


def _fill(count: int) -> None:
    from arbiter.connectors.workspace_files import importing, sources
    from arbiter.forecast.actions import standings
    from arbiter.foundation.actions import company

    owner = company.set_up(
        name="Bench", currency="EUR", owner_name="Olga", owner_email="olga@bench.test", at=NOW
    )
    with tempfile.TemporaryDirectory() as folder, standings.deferred():
        for name, header, rows in _files(count):
            with (Path(folder) / name).open("w", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(header.split(","))
                writer.writerows(rows)
        report = importing.store(sources.open_source(Path(folder)), by=owner, at=NOW)
    if not report.stored:
        raise SystemExit(f"The bench's own files were refused: {report.problems[:3]}")


File = tuple[str, str, Iterator[tuple[object, ...]]]
DAY = date(2026, 1, 1)


def _files(count: int) -> Iterator[File]:
    yield from _masters(range(count))
    yield from _goals(range(count))
    yield from _voices(range(count))


def _masters(numbers: range) -> Iterator[File]:
    roles, day = ("decision_maker", "champion", "user"), DAY
    yield (
        "customers.csv",
        "customer_id,name,segment",
        ((f"c{n}", f"Customer {n}", "SMB") for n in numbers),
    )
    yield (
        "contacts.csv",
        "contact_id,customer_id,name,role",
        ((f"c{n}-{role}", f"c{n}", f"{role} {n}", role) for n in numbers for role in roles),
    )
    yield (
        "contracts.csv",
        "contract_id,customer_id,starts_on,ends_on,arr,currency",
        (
            (f"t{n}", f"c{n}", day, date(2026, 7, 1) + timedelta(days=n % 300), 1000 + n, "EUR")
            for n in numbers
        ),
    )


def _goals(numbers: range) -> Iterator[File]:
    day = DAY
    yield (
        "goals.csv",
        "goal_id,customer_id,statement,whose_words,at",
        (
            (f"g{n}-{k}", f"c{n}", f"Goal {k} of {n}", "customer", day)
            for n in numbers
            for k in (1, 2)
        ),
    )
    yield (
        "revisions.csv",
        "revision_id,goal_id,at,measure,unit,direction,baseline,target,due_on",
        (
            (f"r{n}-{k}", f"g{n}-{k}", day, "Days", "days", "down", 20, 5, "2026-06-01")
            for n in numbers
            for k in (1, 2)
        ),
    )
    yield (
        "results.csv",
        "goal_id,at,value",
        (
            (f"g{n}-{k}", day + timedelta(days=30 * m), 20 - 4 * m)
            for n in numbers
            for k in (1, 2)
            for m in (1, 2, 3)
        ),
    )
    yield (
        "verdicts.csv",
        "verdict_id,goal_id,contact_id,at,verdict",
        (
            (f"v{n}", f"g{n}-1", f"c{n}-champion", "2026-05-01", "achieved")
            for n in numbers
            if n % 2
        ),
    )


def _voices(numbers: range) -> Iterator[File]:
    values = ("yes", "yes", "yes", "not_sure", "no")
    yield (
        "asks.csv",
        "ask_id,contact_id,kind,at",
        ((f"q{n}", f"c{n}-decision_maker", "intent", "2026-05-01") for n in numbers),
    )
    yield (
        "answers.csv",
        "answer_id,ask_id,contact_id,kind,at,value",
        (
            (f"a{n}", f"q{n}", f"c{n}-decision_maker", "intent", "2026-05-03", values[n % 5])
            for n in numbers
            if n % 3
        ),
    )
    yield (
        "signals.csv",
        "customer_id,name,at,value",
        ((f"c{n}", "nps", "2026-04-01", n % 11) for n in numbers),
    )
