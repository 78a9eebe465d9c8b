"""Measures of usage over a log of many events: `./do bench events --size 10M`.

The events are those of a company that never was (see `generator`), 20,000 customers and a million users over 18 months.
`--keep FOLDER` leaves them there for the next time; without it they go.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.events import ground, measures, nightly


def main(argv: Sequence[str]) -> None:
    """Print every figure with what it may be, and `ok` or `over`."""
    parser = argparse.ArgumentParser(prog="./do bench events")
    parser.add_argument("--size", choices=ground.SIZES, default="10M")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--only", choices=("measures", "nightly"))
    asked = parser.parse_args(argv)
    company = ground.SIZES[asked.size]
    with tempfile.TemporaryDirectory(prefix="arbiter-events-") as passing:
        folder = asked.keep or Path(passing)
        ground.prepare(folder, company)
        if asked.only != "nightly":
            measures.tell(folder, company, turns=asked.turns)
        if asked.only != "measures":
            nightly.tell(folder, company)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
