"""How long an import takes beside the bare writing of the same rows, and how much memory it needs.

100,000 customers and 300,000 contracts, two of three decided, as CSV files. The baseline is `executemany` of
the same rows, prepared in memory, into the same tables with the same indexes, in the same run. The import reads,
checks, compares, writes, tells the journal and commits; saying anew where the customers stand is a job of its own.
Each run is a process of its own with a fresh database, so that its peak memory is its own.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.support.databases import databases, environment, own_database

CUSTOMERS = 100_000
TERMS = 3
# The quickest of so many turns each: other work on the machine only ever slows one down.
TURNS = 2
MOST_TIMES = 6
MOST_MEGABYTES = 400
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)

_SEGMENTS = ("Enterprise", "Mid-market", "Small business")
_DECISIONS = ("renewed", "expanded", "contracted", "renewed", "churned")


def main(argv: list[str]) -> None:
    """Print the ratio and the peak memory, on SQLite and, where DATABASE_URL names it, on PostgreSQL."""
    if argv[:1] == ["baseline"]:
        _baseline()
    elif argv[:1] == ["import"]:
        _import(Path(argv[1]))
    else:
        count = int(argv[0]) if argv else CUSTOMERS
        _compare(count)


def _compare(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="arbiter-bench-") as name:
        folder = Path(name)
        _write_files(folder / "files", count)
        for label, url in databases().items():
            runs = []
            for turn in range(TURNS):
                bare = _child(folder / f"{label}-bare{turn}", url, "baseline", str(count))
                ours = _child(folder / f"{label}-ours{turn}", url, "import", str(folder / "files"))
                runs.append((bare, ours))
            _print(label, count, *(min(each, key=_seconds) for each in zip(*runs, strict=True)))


def _seconds(run: dict[str, Any]) -> float:
    return float(run["seconds"])


def _print(label: str, count: int, bare: dict[str, Any], ours: dict[str, Any]) -> None:
    ratio = ours["seconds"] / bare["seconds"]
    good = ratio <= MOST_TIMES and ours["megabytes"] <= MOST_MEGABYTES
    print(
        f"{label}: import of {count:,} customers + {TERMS * count:,} contracts in {ours['seconds']:.1f} s; "
        f"raw executemany of the same rows {bare['seconds']:.1f} s; "
        f"ratio {ratio:.2f} (at most {MOST_TIMES}), "
        f"peak {ours['megabytes']:.0f} MB (at most {MOST_MEGABYTES}): {'ok' if good else 'TOO MUCH'}",
        flush=True,
    )


def _child(data: Path, url: str, *argv: str) -> dict[str, Any]:
    data.mkdir()
    with own_database(url) as own:
        told = subprocess.run(
            [sys.executable, "-m", "bench.import_speed", *argv],
            env=environment(data, url=own), check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def _customers(count: int) -> Iterator[dict[str, str]]:
    for number in range(count):
        yield {
            "customer_id": f"cus-{number:07d}",
            "name": f"Customer number {number}",
            "domain": f"customer{number}.example",
            "segment": _SEGMENTS[number % 3],
            "region": "EMEA",
            "owner_email": f"csm{number % 40}@vendor.example",
            "stage": "adoption",
            "since": "2022-03-01",
        }


def _contracts(count: int) -> Iterator[dict[str, str]]:
    for number in range(count):
        first = date(2023, 1, 1) + timedelta(days=number % 365)
        for term in range(TERMS):
            starts = first.replace(year=first.year + term, day=min(first.day, 28))
            ends = starts.replace(year=starts.year + 1)
            decided = term < TERMS - 1
            decision = _DECISIONS[(number + term) % 5] if decided else ""
            yield {
                "contract_id": f"con-{number:07d}-{term}",
                "customer_id": f"cus-{number:07d}",
                "starts_on": starts.isoformat(),
                "ends_on": ends.isoformat(),
                "arr": f"{12_000 + (number * 37 + term * 1_000) % 90_000}.50",
                "currency": "EUR",
                "seats": str(10 + number % 90),
                "plan": "Pro",
                "auto_renew": "true",
                "notice_days": "90",
                "decision": decision,
                "decided_on": (ends - timedelta(days=40)).isoformat() if decided else "",
                "churn_cause": "ours" if decision == "churned" else "",
            }


def _write_files(folder: Path, count: int) -> None:
    folder.mkdir()
    for name, rows in (("customers", _customers(count)), ("contracts", _contracts(count))):
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            first = next(rows)
            writer = csv.DictWriter(file, first, lineterminator="\n")
            writer.writeheader()
            writer.writerow(first)
            writer.writerows(rows)


def _set_up() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _tell(seconds: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    scale = 1_000_000 if sys.platform == "darwin" else 1_000
    print(json.dumps({"seconds": seconds, "megabytes": peak / scale}))


def _import(folder: Path) -> None:
    _set_up()
    from arbiter.connectors.workspace_files import importing, sources
    from arbiter.foundation.models import Person

    importing.AT_ONCE = 0
    by = Person.objects.system()
    start = perf_counter()
    report = importing.store(sources.open_source(folder), by=by, at=NOW)
    seconds = perf_counter() - start
    assert report.stored, report.problems[:3]
    _tell(seconds)


def _baseline() -> None:
    """Write the rows that the import stores: customers, contracts, and the decisions of contracts."""
    _set_up()
    from django.db import connection, transaction

    count = int(sys.argv[2])
    statements = list(_statements(count))
    start = perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, rows in statements:
            cursor.executemany(statement, rows)
    _tell(perf_counter() - start)


def _statements(count: int) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    blank = ("",) * 6
    yield (
        ("INSERT INTO accounts_customer (id, key, name, domain, segment, region, stage, since, custom, industry, "
        f"why_bought, promised_value, promised_by, promise_quote, promise_source, import_id) VALUES ({_marks(16)})"),
        [
            (pk, row["customer_id"], row["name"], row["domain"], row["segment"], row["region"], row["stage"],
             row["since"], "{}", *blank, 1)
            for pk, row in enumerate(_customers(count), start=1)
        ],
    )  # fmt: skip
    yield (
        ("INSERT INTO accounts_contract (id, key, customer_id, starts_on, ends_on, arr, currency, seats, plan, "
        f"auto_renew, notice_days, product, custom, import_id) VALUES ({_marks(14)})"),
        [
            (pk, row["contract_id"], (pk - 1) // TERMS + 1, row["starts_on"], row["ends_on"], row["arr"], "EUR",
             row["seats"], row["plan"], True, row["notice_days"], "", "{}", 1)
            for pk, row in enumerate(_contracts(count), start=1)
        ],
    )  # fmt: skip
    yield (
        ("INSERT INTO accounts_renewal (contract_id, decision, decided_on, recorded_at, churn_reason, churn_cause, "
        f"evidence, import_id) VALUES ({_marks(8)})"),
        [
            (pk, row["decision"], row["decided_on"], row["decided_on"] + " 00:00:00", "", row["churn_cause"], "", 1)
            for pk, row in enumerate(_contracts(count), start=1)
            if row["decision"]
        ],
    )  # fmt: skip


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)


if __name__ == "__main__":
    main(sys.argv[1:])
