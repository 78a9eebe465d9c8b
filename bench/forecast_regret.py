"""How much worse than the best that anybody could do is the renewal forecast, with how much history?

Regret is the expected log loss above that of the attainable oracle, in nats per renewal: both are taken with
the true chances of simulated renewals 90 days before their end, so that no luck of outcomes is in it. The
baselines learn from the same renewals in the same run. See docs/method/simulator.md.

`--quick` takes few vendors and two sizes; `--vendors N` takes so many typical ones.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter, process_time
from typing import NamedTuple

import numpy as np

from arbiter.science.renewal import UNTOLD, from_cases, learn
from bench.simulator import scores, trial, vendor
from bench.simulator.baselines import BASELINES, columns, lesson
from bench.simulator.trial import Trial
from bench.simulator.vendor import Vendor

PROCESSES = 2
TYPICAL, HOSTILE, VARIANTS = 14, 4, 3
"""How many vendors of each kind."""
TURNS = {0: 1, 20: 6, 50: 4, 200: 3, 1000: 2, 5000: 1}
"""Sizes of history, and how many different histories of each are tried."""
BARS = {0: 0.035, 50: 0.035, 200: 0.027, 1000: 0.016, 5000: 0.008}
ECE_BARS = {200: 0.035, 1000: 0.02}
COVERAGE_BAR = (0.88, 0.98)
SILENT_BAR = 0.001
OURS, NOT_TOLD, EXPERT = "ours, told", "ours, not told", "expert, as is"
"""The expert is ours without its tempering and anchor: shown to tell what those are worth, and no bar."""


class Score(NamedTuple):
    """One forecast of one vendor's future."""

    method: str
    size: int
    regret: float
    ece: float
    auc: float
    coverage: float
    """Share of the 90 % ranges that hold the attainable chance; nan where there are no ranges."""
    width: float
    seconds: float


class Judged(NamedTuple):
    """One vendor: how much there was to know, and how every method did."""

    name: str
    kind: str
    constant: float
    """Expected log loss of the vendor's own mean, of the oracle, and of the truth itself."""
    attainable: float
    latent: float
    auc: float
    oracle_error: float
    renewal_rate: float
    scores: list[Score]


def main(argv: Sequence[str]) -> None:
    """Print regret by method and size, and every bar."""
    asked = _parser().parse_args(argv)
    began = perf_counter()
    turns = {0: 1, 200: 1} if asked.quick else TURNS
    judged = _all(_jobs(asked, turns))
    for kind in dict.fromkeys(each.kind for each in judged):
        _print_kind(kind, [each for each in judged if each.kind == kind])
    _print_bars(judged)
    print(f"{perf_counter() - began:.0f} s on {PROCESSES} processes.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="forecast_regret", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few vendors, no history and 200")
    parser.add_argument("--vendors", type=int, help="how many typical vendors")
    parser.add_argument(
        "--first", type=int, default=1, help="their first seed, for vendors nobody tuned on"
    )
    return parser


Job = tuple[str, int, dict[int, int]]


def _jobs(asked: argparse.Namespace, turns: dict[int, int]) -> list[Job]:
    """Who is to be judged. The variants are there for their own bar, so each history is tried once."""
    typical, hostile, variants = (2, 1, 1) if asked.quick else (TYPICAL, HOSTILE, VARIANTS)
    numbers = {"typical": asked.vendors or typical, "hostile": hostile}
    jobs = [(kind, asked.first + n, turns) for kind, many in numbers.items() for n in range(many)]
    once = {size: 1 for size in turns if size not in (20, 50)}
    return jobs + [
        (kind, asked.first + n, once)
        for kind in ("without signal", "drifting")
        for n in range(variants)
    ]


def _all(jobs: list[Job]) -> list[Judged]:
    os.environ["OMP_NUM_THREADS"] = "1"  # two processes on two cores: more threads only wait
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        return [_told(each) for each in pool.map(judge, jobs)]


def _told(judged: Judged) -> Judged:
    """Say of a vendor that is done how ours did, by size: a full run takes minutes."""
    sizes = ", ".join(
        f"{size}: {_mean([judged], OURS, size, 'regret'):.4f}" for size in _sizes([judged])
    )
    knowable = judged.constant - judged.attainable
    print(f"{judged.name:<28} {knowable:.4f} to know; regret by size {sizes}", flush=True)
    return judged


def judge(job: Job) -> Judged:
    """Let every method forecast one vendor's future from histories of every size."""

    kind, seed, turns = job
    made = _vendor(kind, seed)
    given = trial.prepared(made)
    future = given.future
    mean = np.full(len(future), future.chance.mean())
    return Judged(
        name=made.name,
        kind=kind,
        constant=scores.expected_loss(mean, future.chance),
        attainable=scores.expected_loss(future.attainable, future.chance),
        latent=scores.expected_loss(future.chance, future.chance),
        auc=scores.auc(future.attainable, future.chance),
        oracle_error=future.oracle_error,
        renewal_rate=float(future.chance.mean()),
        scores=[
            score
            for size, times in turns.items()
            for turn in range(times)
            for score in _scored(given, size, turn)
        ],
    )


def _vendor(kind: str, seed: int) -> Vendor:
    if kind == "hostile":
        return vendor.hostile(seed)
    made = vendor.typical(seed)
    if kind == "typical":
        return made
    return vendor.drifting(made) if kind == "drifting" else vendor.without_signal(made)


def _scored(given: Trial, size: int, turn: int) -> Iterator[Score]:

    past, future = given.history(size, turn=turn), given.future
    book = given.open_contracts.take(np.arange(min(len(given.open_contracts), max(150, size // 3))))
    told, wanted = lesson(past, given.told), columns(future.cases)
    for method, baseline in BASELINES.items():
        began = process_time()
        probability = baseline(told, wanted)
        yield _score(given, method, size, probability, None, process_time() - began)
    for method, rate in ((OURS, given.told), (NOT_TOLD, UNTOLD)):
        began = process_time()
        made = from_cases(future.cases, learn(past, base_rate=rate, open_contracts=book))
        seconds = process_time() - began
        yield _score(given, method, size, made.probability, (made.low, made.high), seconds)


def _score(
    given: Trial,
    method: str,
    size: int,
    probability: np.ndarray,
    ends: tuple[np.ndarray, np.ndarray] | None,
    seconds: float,
) -> Score:

    future = given.future
    return Score(
        method,
        size,
        scores.regret(probability, future.attainable, future.chance),
        scores.calibration_error(probability, future.chance),
        scores.auc(probability, future.chance),
        scores.coverage(*ends, future.attainable) if ends else float("nan"),
        float((ends[1] - ends[0]).mean()) if ends else float("nan"),
        seconds,
    )


def _print_kind(kind: str, judged: list[Judged]) -> None:
    def mean(of: Callable[[Judged], float]) -> float:
        return float(np.mean([of(each) for each in judged]))

    print(
        f"\n{kind}: {len(judged)} vendors, renewal {mean(lambda j: j.renewal_rate):.0%}; log loss of the mean "
        f"{mean(lambda j: j.constant):.4f}, attainable {mean(lambda j: j.attainable):.4f} "
        f"(± {mean(lambda j: j.oracle_error):.4f}, AUC {mean(lambda j: j.auc):.3f}), "
        f"truth {mean(lambda j: j.latent):.4f}"
    )
    methods = list(dict.fromkeys(score.method for score in judged[0].scores))
    turns = _sizes(judged)
    print(f"{'regret in nats':<22}" + "".join(f"{size:>9}" for size in turns))
    for method in methods:
        row = [_mean(judged, method, size, "regret") for size in turns]
        print(f"{method:<22}" + "".join(f"{value:>9.4f}" for value in row))
    for what in ("ece", "auc", "coverage", "width", "seconds"):
        row = [_mean(judged, OURS, size, what) for size in turns]
        print(f"{f'{what}, told':<22}" + "".join(f"{value:>9.3f}" for value in row), flush=True)


def _mean(judged: list[Judged], method: str, size: int, what: str) -> float:
    """Each vendor counts alike, however many histories were tried."""
    return float(
        np.mean(
            [
                np.mean([getattr(s, what) for s in each.scores if (s.method, s.size) == (method, size)])
                for each in judged
            ]
        )
    )  # fmt: skip


def _sizes(judged: list[Judged]) -> list[int]:
    return list(dict.fromkeys(score.size for score in judged[0].scores))


def _print_bars(judged: list[Judged]) -> None:
    print("\nBars")
    for kind in ("typical", "hostile"):
        _print_bars_of(kind, [each for each in judged if each.kind == kind])
    silent = [each for each in judged if each.kind == "without signal"]
    for size in filter(None, _sizes(silent)):  # beliefs that nothing has tried yet have their price
        ours = _mean(silent, OURS, size, "regret")
        rate = min(_mean(silent, name, size, "regret") for name in ("base rate", "told rate"))
        _bar(f"without signal, {size}: above the base rate", ours - rate, SILENT_BAR)


def _print_bars_of(kind: str, judged: list[Judged]) -> None:
    others = {score.method for score in judged[0].scores} - {OURS, NOT_TOLD, EXPERT}
    for size in _sizes(judged):
        ours = _mean(judged, OURS, size, "regret")
        if kind == "typical" and size in BARS:
            _bar(f"{kind}, {size}: regret", ours, BARS[size])
        best = min(others, key=lambda method: _mean(judged, method, size, "regret"))
        _bar(f"{kind}, {size}: regret below {best}", ours, _mean(judged, best, size, "regret"))
        if kind == "typical" and size in ECE_BARS:
            _bar(f"{kind}, {size}: ECE", _mean(judged, OURS, size, "ece"), ECE_BARS[size])
        if kind == "typical" and size >= 50:
            covered = _mean(judged, OURS, size, "coverage")
            verdict = "ok" if COVERAGE_BAR[0] <= covered <= COVERAGE_BAR[1] else "MISSED"
            print(f"  {f'{kind}, {size}: 90 % ranges hold':<58} {covered:8.1%}  88–98 %  {verdict}")


def _bar(name: str, value: float, most: float) -> None:
    print(f"  {name:<58} {value:8.4f} ≤ {most:.4f}  {'ok' if value <= most else 'MISSED'}")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
