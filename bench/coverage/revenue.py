"""GRR and NRR of customers of very different size, beside the delta method and the bootstrap."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from arbiter.science.estimate import Estimate
from arbiter.science.retention import gross_revenue_retention, net_revenue_retention
from bench.coverage import Row, held, held_by

Amounts = NDArray[np.float64]
SIZES = (30, 100, 400)
SD_OF_LOG_SIZE = 1.2
LEAST = 0.94
LEAST_WHERE_THE_LARGE_LEAVE = 0.92
"""Nobody's interval knows of a giant that was not drawn; ours says less, and says it wider."""
LOST = {"size does not matter": 0.0, "the small leave": -0.6, "the large leave": 0.6}
"""How the log-odds of leaving move with the logarithm of size."""
RESAMPLES = 400
TRUTH = 600
"""Books of a thousand from which the true figure is taken: its own error is a hundredth of an interval."""


def gross(dice: np.random.Generator, draws: int) -> list[Row]:
    """GRR at several sizes, where leaving depends on size and where it does not."""
    return _rows("GRR", gross_revenue_retention, np.minimum, dice, draws)


def net(dice: np.random.Generator, draws: int) -> list[Row]:
    """NRR at several sizes, where leaving depends on size and where it does not."""
    return _rows("NRR", net_revenue_retention, lambda end, _: end, dice, draws)


def bootstrap(dice: np.random.Generator, draws: int) -> list[Row]:
    """The percentile bootstrap, which everybody would reach for, as a row of its own."""
    few = max(100, draws // 10)
    return [_bootstrapped(n, dice, few) for n in (30, 100)]


def _rows(
    name: str,
    measure: Callable[[Amounts, Amounts], Estimate],
    counted: Callable[[Amounts, Amounts], Amounts],
    dice: np.random.Generator,
    draws: int,
) -> list[Row]:
    few = max(100, draws // 8)
    rows = []
    for world, slope in LOST.items():
        start, end = _book(slope, TRUTH, 1_000, dice)
        truth = float(counted(end, start).sum() / start.sum())
        least = LEAST if slope <= 0 else LEAST_WHERE_THE_LARGE_LEAVE
        for n in SIZES:
            start, end = _book(slope, few, n, dice)
            told = [measure(*one) for one in zip(start, end, strict=True)]
            plain = _delta(counted(end, start), start, truth)
            what = f"{name}, {world}"
            rows.append(Row(what, n, held_by(told, truth), plain, few, least))
    return rows


def _delta(kept: Amounts, start: Amounts, truth: float) -> float:
    """How often the delta method's interval of the ratio holds the truth."""
    total = start.sum(axis=1)
    ratio = kept.sum(axis=1) / total
    spread = ((kept - ratio[:, None] * start) ** 2).sum(axis=1)
    reach = 1.959964 * np.sqrt(spread) / total
    return held(ratio - reach, truth, ratio + reach)


def _bootstrapped(n: int, dice: np.random.Generator, draws: int) -> Row:
    start, end = _book(0.0, TRUTH, 1_000, dice)
    truth = float(np.minimum(end, start).sum() / start.sum())
    start, end = _book(0.0, draws, n, dice)
    kept = np.minimum(end, start)
    again = dice.integers(0, n, (draws, RESAMPLES, n))
    which = np.arange(draws)[:, None, None]
    ratios = kept[which, again].sum(axis=2) / start[which, again].sum(axis=2)
    low, high = np.quantile(ratios, (0.025, 0.975), axis=1)
    told = [gross_revenue_retention(*one) for one in zip(start, end, strict=True)]
    return Row(
        "GRR beside the bootstrap", n, held_by(told, truth), held(low, truth, high), draws, LEAST
    )


def _book(slope: float, draws: int, n: int, dice: np.random.Generator) -> tuple[Amounts, Amounts]:
    """Books of n customers: what each pays at the start and at the end."""
    size = dice.normal(0, SD_OF_LOG_SIZE, (draws, n))
    start = np.exp(size)
    lost = dice.random((draws, n)) < 1 / (1 + np.exp(2.0 - slope * size))
    kind = dice.random((draws, n))
    shrunk, grown = dice.uniform(0.5, 1, (draws, n)), 1 + dice.exponential(0.35, (draws, n))
    ratio = np.select([lost, kind < 0.1, kind < 0.35], [0.0, shrunk, grown], 1.0)
    return start, start * ratio
