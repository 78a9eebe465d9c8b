"""The night after: what counting costs when 1 % of events are new, beside counting everything anew.

First the whole installation is counted. Then events of the next day come in, as many as 1 % of the log, and it is counted
again in the usual way, and once more anew. The new events belong to 1 % of the customers; and, for comparison, another
time to everybody, which no skipping of customers can make cheap.
"""

from __future__ import annotations

import json
import resource
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bench.events import ground
from bench.events.generator import LEARNT, NAMES, UNTIL, Company

MOST = 0.10
SHARE = 0.01
CHILD = "import sys; from bench.events.nightly import inside; inside(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))"
FIVE = {"of": [{"event": "Invoice Sent", "times": 5}], "per": "month", "consecutive": 3}
THREE = {"of": [{"event": name} for name in ("Invoice Sent", "Export Run", "Search Run")]}


def tell(folder: Path, company: Company) -> None:
    """Print the cost of a usual night as a share of counting everything."""
    for who, every, most in (("1 % of customers", 100, MOST), ("everybody", 1, None)):
        said = ground.child(folder, CHILD, who, str(every), str(int(company.events * SHARE)))
        found = json.loads(said.splitlines()[-1])
        ratio = found["usual"] / found["whole"]
        limit = (
            "" if most is None else f" (at most {most:.2f}): {'ok' if ratio <= most else 'over'}"
        )
        print(
            f"1 % new events of {who}: {found['usual']:.1f} s for {found['counted']:,} customers; "
            f"everything anew {found['whole']:.1f} s for {found['everybody']:,}; "
            f"ratio {ratio:.3f}{limit}; peak memory {found['peak']:.0f} MB",
            flush=True,
        )


def inside(who: str, every: int, events: int) -> None:
    """Count as the worker does, in a process that does nothing else, and print what it took as JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    from arbiter.usage.actions import snapshots
    from arbiter.usage.models import SnapshotRun

    call_command("migrate", verbosity=0)  # a folder may have been kept since before the last one
    _install()
    night = LEARNT if not SnapshotRun.objects.exists() else _night_after()
    if night == LEARNT:
        _count(night)
    _append(events, every, on=night)
    usual, counted = _count(night + timedelta(hours=26))
    SnapshotRun.objects.create(wanted_at=night + timedelta(hours=27), whole=True)
    whole, everybody = _count(night + timedelta(hours=27))
    print(
        json.dumps(
            {
                "usual": usual,
                "counted": counted,
                "whole": whole,
                "everybody": everybody,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


def _night_after() -> datetime:
    """The next midnight after the last run."""
    from arbiter.usage.models import SnapshotRun

    last = max(SnapshotRun.objects.exclude(as_of=None).values_list("as_of", flat=True))
    return datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)


def _count(at: datetime) -> tuple[float, int]:
    from arbiter.usage.actions import snapshots

    began = perf_counter()
    counted = snapshots.perform(at=at, clock=lambda: at)
    return perf_counter() - began, counted


def _install() -> None:
    """Customers as the log calls them, ten features and two sets, once."""
    from arbiter.accounts.models import Customer
    from arbiter.usage.engines.embedded import Embedded
    from arbiter.usage.models import BehaviourSet, Feature

    if Customer.objects.exists():
        return
    with Embedded() as engine:
        found = engine.run(engine.events(LEARNT).select("customer_id").distinct())
    keys = sorted(filter(None, found["customer_id"].to_pylist()))
    Customer.objects.bulk_create(
        [Customer(key=key, name=key.upper()) for key in keys], batch_size=5_000
    )
    for name in NAMES[3:13]:
        Feature.objects.create(name=name, events=[name], made_at=LEARNT)
    for name, rule in (("Invoices every month", FIVE), ("All three", THREE)):
        BehaviourSet.objects.create(name=name, rule=rule, means_value=rule is THREE, made_at=LEARNT)


def _append(events: int, every: int, *, on: datetime) -> None:
    """Add events of a day: those of customers whose number is a multiple of `every`, shifted in time, told anew."""
    from arbiter.usage.log.columns import SCHEMA
    from arbiter.usage.log.duck import duck
    from arbiter.usage.log.table import open_log

    log = open_log()
    changed = {
        "month": f"'{on:%Y-%m}'",
        "at": f"TIMESTAMPTZ '{on.isoformat()}' + INTERVAL (hash(message_id) % 86000) SECOND",
        "day": f"DATE '{on.date()}'",
        "message_id": f"md5(message_id || copy || '{on.date()}')",
        "message_hash": f"(hash(message_id, copy, '{on.date()}') >> 1)::BIGINT",
        **dict.fromkeys(
            ("received_at", "recorded_at"), f"TIMESTAMPTZ '{on.isoformat()}' + INTERVAL 25 HOUR"
        ),
    }
    columns = ", ".join(
        f'{changed[name]} AS "{name}"' if name in changed else f'"{name}"' for name in SCHEMA.names
    )
    with duck(megabytes=2_000) as connection:
        log.show(connection, "newest", settled=True, months=[f"{UNTIL:%Y-%m}"])
        some = f"SELECT * FROM newest WHERE substr(customer_id, 2)::INT % {every} = 0"
        (there,) = connection.sql(f"SELECT count(*) FROM ({some})").fetchall()[0]
        copies = max(1, -(-events // max(there, 1)))
        told = connection.sql(
            f"SELECT {columns} FROM ({some}), range({copies}) c(copy) LIMIT {events}"
        )
        log.append(told.to_arrow_table().cast(SCHEMA), number=log.written() + 1)
