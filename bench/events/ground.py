"""What the benchmarks of events stand on: a folder with a log and an installation that knows its people."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from bench.events.generator import Company
from bench.support.databases import environment

SIZES = {
    "1M": Company(1_000_000, customers=2_000, users=50_000),
    "10M": Company(10_000_000),
    "100M": Company(100_000_000),
}
PREPARE = """
import json, sys, django
django.setup()
from django.core.management import call_command
from arbiter.usage.models import Alias, Membership
from bench.events import generator
company = generator.Company(**json.loads(sys.argv[1]))
call_command("migrate", verbosity=0)
generator.write(company, sys.argv[2])
seen, named = generator.known(company)
at = generator.LEARNT
Membership.objects.bulk_create(
    [Membership(user_key=user, customer_key=customer, recorded_at=at) for user, customer in seen], batch_size=5000
)
Alias.objects.bulk_create([Alias(user_key=user, other_key=other, recorded_at=at) for user, other in named], batch_size=5000)
"""


def prepare(folder: Path, company: Company) -> None:
    """Write the log and who is who into a folder, unless they are there."""
    ready = folder / "ready"
    if ready.exists():
        return
    began = perf_counter()
    folder.mkdir(parents=True, exist_ok=True)
    child(folder, PREPARE, json.dumps(asdict(company)), str(folder / "events"))
    ready.touch()
    print(f"wrote {company.events:,} events in {perf_counter() - began:.0f} s", flush=True)


def child(folder: Path, code: str, *argv: str) -> str:
    """Run a part in a process of its own, on the data of a folder, and return what it printed."""
    made = environment(folder) | {"OMP_NUM_THREADS": "1", "EVENT_LOG": str(folder / "events")}
    done = subprocess.run(
        [sys.executable, "-c", code, *argv], env=made, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout
