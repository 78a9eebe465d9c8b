"""How often the 95 % intervals hold the truth, beside the textbook's, in simulated worlds.

A coverage passes when it is not below its bar by more than the noise of the simulation. The textbook's
interval of the same numbers stands beside it: p ± 1.96 standard errors for shares and scores, the
delta method for money, the percentile bootstrap where a row says so.
"""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np

from bench.coverage import Family, Row
from bench.coverage.proportions import wilson
from bench.coverage.revenue import bootstrap, gross, net
from bench.coverage.surveys import changes, net_promoters, ratings

SEED = 20260615
DRAWS = 20_000
FAMILIES: tuple[Family, ...] = (wilson, net_promoters, changes, ratings, gross, net, bootstrap)


def main(argv: list[str]) -> None:
    """Print one line per setting; fail when one of them misses its bar."""
    began = perf_counter()
    draws = int(argv[0]) if argv else DRAWS
    print(f"{'95 % interval of':<30}{'n':>5}{'ours':>8}{'textbook':>10}{'bar':>7}")
    rows = [row for family in FAMILIES for row in _shown(family, draws)]
    print(f"{len(rows)} settings in {perf_counter() - began:.0f} s.")
    missed = [f"{row.what} at {row.n}" for row in rows if not row.is_ok]
    if missed:
        sys.exit(f"Below the bar: {'; '.join(missed)}.")


def _shown(family: Family, draws: int) -> list[Row]:
    rows = family(np.random.default_rng(SEED), draws)
    for row in rows:
        bar = "" if row.least is None else f"{row.least:.2f}"
        verdict = "" if row.least is None else " ok" if row.is_ok else " TOO LITTLE"
        print(
            f"{row.what:<30}{row.n:>5}{row.ours:>8.3f}{row.textbook:>10.3f}{bar:>7}{verdict}",
            flush=True,
        )
    return rows
