"""Counting again when 1 % of events are new, beside counting everything anew.

The whole installation is counted first. Then as many events as 1 % of the log come in, all of them of 1 % of the
customers, and it is counted again: on the same day, when only those customers' figures can have moved; and in the
following night, when those of everybody who was active in twelve weeks move with the window. So it goes for three days,
each time with other customers, and the middle one of three times is told. At last so many events come of everybody, more
than five days' worth at once: then hardly a customer is left that nothing is new of. Counting everything anew is
timed after all this, when everything it needs is loaded.
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
DAYS = 3
EVERYBODY = "the day after, of everybody"
CHILD = "import sys; from bench.events.nightly import inside; inside(int(sys.argv[1]))"
FIVE = {"of": [{"event": "Invoice Sent", "times": 5}], "per": "month", "consecutive": 3}
THREE = {"of": [{"event": name} for name in ("Invoice Sent", "Export Run", "Search Run")]}


def tell(folder: Path, company: Company) -> None:
    """Print the cost of counting again as a share of counting everything."""
    said = ground.child(folder, CHILD, str(int(company.events * SHARE)))
    found = json.loads(said.splitlines()[-1])
    whole, everybody = found["whole"]
    for when, most in (("the same day", MOST), ("the next day", MOST), (EVERYBODY, None)):
        seconds, counted = found[when]
        ratio = seconds / whole
        limit = (
            "" if most is None else f" (at most {most:.2f}): {'ok' if ratio <= most else 'over'}"
        )
        print(
            f"1 % new events, {when}: {seconds:.1f} s for {counted:,} customers; "
            f"everything anew {whole:.1f} s for {everybody:,}; ratio {ratio:.3f}{limit}"
        )
    print(f"peak memory of the process: {found['peak']:.0f} MB", flush=True)


def inside(events: int) -> None:
    """Count as the worker does, in a process that does nothing else, and print what it took as JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    from arbiter.usage.models import SnapshotRun

    call_command("migrate", verbosity=0)  # a folder may have been kept since before the last one
    _install()
    last = max(SnapshotRun.objects.values_list("as_of", flat=True), default=LEARNT)
    morning = datetime(last.year, last.month, last.day, 6, tzinfo=UTC) + timedelta(days=1)
    _count(morning, whole=True)
    times: dict[str, list[tuple[float, int]]] = {"the same day": [], "the next day": []}
    for day in range(DAYS):
        for when, hours in (("the same day", 2), ("the next day", 24)):
            at = morning + timedelta(days=day, hours=hours)
            _append(events, on=at - timedelta(hours=1), one_in=100, which=2 * day + hours // 24)
            times[when].append(_count(at))
    found = {when: sorted(told)[DAYS // 2] for when, told in times.items()}
    evening = morning + timedelta(days=DAYS + 1)
    _append(events, on=evening - timedelta(hours=1), one_in=1)
    found[EVERYBODY] = _count(evening)
    found["whole"] = _count(evening + timedelta(hours=1), whole=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found | {"peak": peak}))


def _count(at: datetime, *, whole: bool = False) -> tuple[float, int]:
    """Count up to a moment, as somebody wants it who looks at a page."""
    from arbiter.usage.actions import snapshots
    from arbiter.usage.models import SnapshotRun

    SnapshotRun.objects.create(wanted_at=at, whole=whole)
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


def _append(events: int, *, on: datetime, one_in: int, which: int = 0) -> None:
    """Add events of a moment: those of one in so many customers in the last month, told anew until there are enough."""
    from arbiter.usage.log.columns import SCHEMA
    from arbiter.usage.log.duck import duck
    from arbiter.usage.log.table import open_log

    log = open_log()
    moment = f"TIMESTAMPTZ '{on.isoformat()}'"
    changed = {
        "month": f"'{on:%Y-%m}'",
        "day": f"DATE '{on.date()}'",
        "message_id": f"md5(message_id || copy || {moment})",
        "message_hash": f"(hash(message_id, copy, {moment}) >> 1)::BIGINT",
        **dict.fromkeys(("at", "received_at", "recorded_at"), moment),
    }
    columns = ", ".join(
        f'{changed[name]} AS "{name}"' if name in changed else f'"{name}"' for name in SCHEMA.names
    )
    with duck(megabytes=2_000) as connection:
        log.show(connection, "newest", settled=True, months=[f"{UNTIL:%Y-%m}"])
        some = f"SELECT * FROM newest WHERE substr(customer_id, 2)::INT % {one_in} = {which}"
        ((there,),) = connection.sql(f"SELECT count(*) FROM ({some})").fetchall()
        if there > events:  # no more than there shall be, and of all of them
            some += f" AND hash(message_id) % {there // events} = 0"
        copies = range(max(1, -(-events // there)))
        told = connection.sql(
            f"SELECT {columns} FROM ({some}), range({len(copies)}) c(copy) LIMIT {events}"
        )
        log.append(told.to_arrow_table().cast(SCHEMA), number=log.written() + 1)
