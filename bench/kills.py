"""Whether an acknowledged event is ever lost or doubled, whatever is killed: web server, worker, upkeep of the log.

At least 200 processes are killed at random points under load, on SQLite and, where DATABASE_URL names it, on
PostgreSQL. `--kills N` kills so many, `--seed N` chooses other points.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.support.databases import databases, own_database
from bench.support.kills import Yard

KILLS = 200


def main(argv: list[str]) -> None:
    """Print the tally of each database; exit code 1 if an event was lost or doubled."""
    parser = argparse.ArgumentParser(prog="kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(argv)
    # A list, for the second database is tried whatever the first one says.
    good = [_run(name, url, asked) for name, url in databases().items()]
    if not all(good):
        sys.exit(1)


def _run(name: str, url: str, asked: argparse.Namespace) -> bool:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="arbiter-kills-") as folder, own_database(url) as own:
        yard = Yard(Path(folder), own, asked.seed)
        came = yard.run(asked.kills)
    killed = ", ".join(f"{count} {kind}" for kind, count in sorted(yard.kills.items()))
    good = not (came["lost"] or came["doubled"] or came["unknown"] or came["waiting"])
    print(
        f"{name}: {sum(yard.kills.values())} kills ({killed}) in {time.perf_counter() - began:.0f} s; "
        f"{came['acknowledged']:,} events acknowledged, {came['lost']} lost, {came['doubled']} doubled, "
        f"{came['rejected']} rejected: {'ok' if good else 'WRONG'}",
        flush=True,
    )
    return good


if __name__ == "__main__":
    main(sys.argv[1:])
