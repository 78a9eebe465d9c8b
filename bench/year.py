"""A year of asking by real mail: is nobody ever over budget, and has everybody who was not asked a reason?

`./do bench year` lives through years drawn by dice, each in a process of its own on SQLite and, where DATABASE_URL names it, on
PostgreSQL: limits, rules, customers with terms, people in eight zones and six languages, and each day some who leave,
unsubscribe, come, change stages and seats. Rules find, the budget decides, mails go out over SMTP to a server on loopback.
Some small years are drawn wide; a whole one has 2,000 people and at least 5,000 asks. Every mail that arrived is held against
every rule by a second telling of them (`tests/engagement/budget_rules.py`); a rule that was broken, a mail that was lost or
came twice, somebody not asked without a reason, or more memory than allowed fails it.

`--seed N` draws other years; `--small N` so many small ones, `--customers N` so many customers with four people each in the
whole one.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
from time import perf_counter, process_time
from typing import Any

from bench.support.databases import databases, environment, own_database

PEOPLE = 4
SMALL_CUSTOMERS, SMALL_YEARS = 40, 5
CUSTOMERS, FEWEST_ASKS = 500, 5_000
MOST_MB = 400


def main(argv: list[str]) -> None:
    """Print what came of each year; exit code 1 if anything was not as it must be."""
    parser = argparse.ArgumentParser(prog="year", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", type=int, default=SMALL_YEARS)
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument("--live", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(argv)
    if asked.live:
        sys.exit(0 if _live(asked.customers, asked.seed) else 1)
    years = [(SMALL_CUSTOMERS, asked.seed + number) for number in range(1, asked.small + 1)]
    good = []
    for label, url in databases().items():
        print(f"{label}:", flush=True)
        good += [_child(url, *year) for year in [*years, (asked.customers, asked.seed)]]
    if not all(good):
        sys.exit(1)


def _child(url: str, customers: int, seed: int) -> bool:
    live = ["-m", "bench.year", "--live", "--customers", str(customers), "--seed", str(seed)]
    with tempfile.TemporaryDirectory(prefix="arbiter-bench-") as data, own_database(url) as own:
        made = environment(data, url=own, settings="tests.settings") | {"LOG_LEVEL": "ERROR"}
        return subprocess.run([sys.executable, *live], env=made, check=False).returncode == 0


def _live(customers: int, seed: int) -> bool:
    """Live through one year and say what came of it."""
    import django

    django.setup()
    from django.conf import settings

    from tests.engagement import year, year_judged
    from tests.foundation.servers import mail_server

    cast, limits = _cast(customers, seed)
    began, worked, door = perf_counter(), process_time(), year_judged.Door()
    with mail_server(door) as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        year.live(cast, limits)
    took, work = perf_counter() - began, process_time() - worked
    faults = year_judged.faults(door.arrived, limits)
    asks, memory = len(door.arrived), _memory()
    if customers >= CUSTOMERS and asks < FEWEST_ASKS:
        faults.append(f"only {asks:,} asks: the year shows too little")
    if memory > MOST_MB:
        faults.append(f"{memory:.0f} MB of memory is more than {MOST_MB}")
    print(f"  seed {seed}, {customers * PEOPLE:,} people, {limits}", flush=True)
    print(
        f"    {asks:,} asks, all of them mails that arrived, in {took:.0f} s ({work:.0f} s of work, "
        f"{work / max(1, asks) * 1000:.0f} ms an ask); {memory:.0f} MB at most",
        flush=True,
    )
    told = (
        f"{code or 'waits unseen'} {count:,}" for code, count in year_judged.reasons().most_common()
    )
    print(f"    not asked: {', '.join(told)}", flush=True)
    print(f"    {'ok' if not faults else 'WRONG'}", *faults[:20], sep="\n      ", flush=True)
    return not faults


def _cast(customers: int, seed: int) -> tuple[Any, Any]:
    from arbiter.foundation.models import Person
    from bench.support import company
    from tests.engagement import year

    company.set_up(owners=0, at=year.NEW_YEAR)
    olga = Person.objects.create_person(email="olga@bench.test", name="Olga", role="owner")
    dice = random.Random(seed)
    cast = year.Cast(olga, Person.objects.get(role="manager"), dice)
    limits = year.drawn_limits(dice, customers * PEOPLE)
    year.settle(cast, customers)
    year.drawn_rules(cast, most=10 if customers >= CUSTOMERS else dice.randint(4, 9))
    company.filled()
    return cast, limits


def _memory() -> float:
    """The most memory this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
