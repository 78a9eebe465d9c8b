"""How long it takes to fit BG/NBD and to value a million customers, beside lifetimes on the same data.

The customers are drawn from the published model of the record shop CDNOW and watched for 27 to 39 weeks; the
shop's own 2,357 are fitted too. Both libraries run in one child process on one thread, ours and theirs in
turn; the best of their turns counts, in CPU seconds, which what else runs here hardly moves. The parameters
must agree. Memory is measured in a child of its own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import Any

THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "POLARS", "VECLIB_MAXIMUM")
PARAMETERS = (0.2425945, 4.4136019, 0.7929199, 2.4258881)
# Customers, turns of ours and of theirs, and how many times as quick we must be.
SIZES = {"CDNOW": (0, 40, 10, 5.0), "100k": (100_000, 10, 3, 20.0), "1M": (1_000_000, 5, 1, 50.0)}
MOST_SECONDS = 0.5
MOST_DIFFERENCE = 1e-4


def main(argv: list[str]) -> None:
    """Print the ratios of the fits, and the time and memory of a million values; `ok` or `over` each."""
    if argv:
        print(json.dumps({"fit": _compare, "value": _value}[argv[0]](argv[1])))
        return
    for name in SIZES:
        _tell_fit(name, _child("fit", name))
    _tell_value(_child("value", "1M"))


def _tell_fit(name: str, found: dict[str, Any]) -> None:
    least = SIZES[name][3]
    ratio = found["theirs"] / found["ours"]
    good = ratio >= least and found["difference"] <= MOST_DIFFERENCE
    print(
        f"{name}: BG/NBD fit of {found['customers']:,} customers in {found['ours'] * 1000:.1f} ms; "
        f"lifetimes {found['theirs'] * 1000:.0f} ms; ratio {ratio:.0f} (at least {least:.0f}); "
        f"parameters differ by {found['difference']:.0e} (at most {MOST_DIFFERENCE:.0e}): "
        f"{_verdict(good)}",
        flush=True,
    )


def _tell_value(found: dict[str, Any]) -> None:
    for what, seconds in found["seconds"].items():
        print(
            f"1M: {what}: {seconds:.3f} s (at most {MOST_SECONDS}): {_verdict(seconds <= MOST_SECONDS)}"
        )
    print(
        f"1M: peak memory {found['peak']:.0f} MB, of which {found['before']:.0f} MB before the fit: "
        "libraries and the customers themselves",
        flush=True,
    )


def _verdict(good: bool) -> str:
    return "ok" if good else "over"


def _child(*argv: str) -> dict[str, Any]:
    """Run a part in a process of its own, on one thread."""
    environment = os.environ | {f"{name}_NUM_THREADS": "1" for name in THREADS}
    environment["POLARS_MAX_THREADS"] = "1"
    code = "from bench.lifetime_speed import main; import sys; main(sys.argv[1:])"
    told = subprocess.run(
        [sys.executable, "-c", code, *argv],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def _compare(name: str) -> dict[str, Any]:
    import numpy as np

    from arbiter.science.lifetime import bg_nbd

    histories = _customers(SIZES[name][0])
    theirs, weeks = _lifetimes(), (histories.last_days / 7, histories.age_days / 7)
    ours_best = theirs_best = float("inf")
    _, ours_turns, theirs_turns, _ = SIZES[name]
    for turn in range(max(ours_turns, theirs_turns)):
        if turn < ours_turns:
            seconds, model = _timed(lambda: bg_nbd.fit(histories))
            ours_best = min(ours_best, seconds)
        if turn < theirs_turns:
            seconds, _ = _timed(lambda: theirs.fit(histories.repeats, *weeks))
            theirs_best = min(theirs_best, seconds)
    away = np.abs(model.parameters / theirs.params_.to_numpy() - 1)
    return {
        "customers": len(histories),
        "ours": ours_best,
        "theirs": theirs_best,
        "difference": float(away.max()),
    }


def _value(name: str) -> dict[str, Any]:
    """Chance to be active, orders of a year and value of a million customers, after one fit."""
    import numpy as np

    from arbiter.science.lifetime import alive, bg_nbd, expected_orders, gamma_gamma, order_values

    histories = _customers(SIZES[name][0])
    amounts = _amounts(np.asarray(histories.repeats))
    before = _peak()
    model = bg_nbd.fit(histories)
    spending = gamma_gamma.fit(histories.repeats[:50_000], amounts[:50_000])
    year = {"weeks": 52, "discount_per_year": 0.1}
    questions: dict[str, Callable[[], object]] = {
        "chance to be active": lambda: alive(model, histories),
        "chance to be active and orders of 52 weeks": lambda: (
            alive(model, histories),
            expected_orders(model, histories, weeks=52),
        ),
        "chance to be active and discounted value of 52 weeks": lambda: (
            alive(model, histories),
            order_values(model, spending, histories, amounts, **year, draws=0),
        ),
    }
    seconds = {what: min(_timed(ask)[0] for _ in range(3)) for what, ask in questions.items()}
    return {"seconds": seconds, "before": before, "peak": _peak()}


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = process_time()
    found = work()
    return process_time() - began, found


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _lifetimes() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifetimes import BetaGeoFitter
    return BetaGeoFitter()


def _customers(count: int) -> Any:
    """So many drawn customers, or the record shop's own for 0."""
    if count:
        from tests.science.lifetime.buyers import drawn

        return drawn(count, parameters=PARAMETERS, seed=1)
    import polars as pl

    from arbiter.science.lifetime import of_days

    found = find_spec("lifetimes")
    folder = Path((found.submodule_search_locations or [""])[0] if found else "")
    rows = pl.read_csv(folder / "datasets" / "cdnow_customers_summary.csv")
    return of_days(rows["frequency"], rows["recency"].to_numpy() * 7, rows["T"].to_numpy() * 7)


def _amounts(repeats: Any) -> Any:
    """Mean amounts drawn from the published Gamma-Gamma model."""
    import numpy as np

    random = np.random.default_rng(2)
    rate = random.gamma(3.74, 1 / 15.44, len(repeats))
    total = random.gamma(np.maximum(6.25 * repeats, 1e-9), 1 / rate)
    return np.where(repeats > 0, total / np.maximum(repeats, 1), 0.0)
