"""How good a forecast is where the true chances are known: no luck of the outcomes is in any of it."""

import numpy as np

from bench.simulator.calendar import Floats

CLOSEST = 1e-6
BINS = 10


def expected_loss(probability: Floats, chance: Floats) -> float:
    """Return the mean log loss to expect, in nats, where renewals come about with these chances."""
    p = np.clip(probability, CLOSEST, 1 - CLOSEST)
    return float(-np.mean(chance * np.log(p) + (1 - chance) * np.log1p(-p)))


def regret(probability: Floats, attainable: Floats, chance: Floats) -> float:
    """Return how much more than the attainable a forecast loses, in nats per renewal."""
    return expected_loss(probability, chance) - expected_loss(attainable, chance)


def calibration_error(probability: Floats, chance: Floats, *, bins: int = BINS) -> float:
    """Return the mean distance between forecast and chance over bins of equal size (ECE)."""
    order = np.argsort(probability, kind="stable")
    gaps = [
        abs(probability[part].mean() - chance[part].mean()) * len(part)
        for part in np.array_split(order, bins)
    ]
    return float(sum(gaps) / len(probability))


def coverage(low: Floats, high: Floats, attainable: Floats) -> float:
    """Return the share of the ranges that hold the attainable chance."""
    return float(np.mean((low <= attainable) & (attainable <= high)))


def auc(probability: Floats, chance: Floats) -> float:
    """Return the chance that of a renewal and a loss the renewal was given more, by the true chances."""
    order = np.argsort(probability, kind="stable")
    values, stays, goes = probability[order], chance[order], (1 - chance)[order]
    start = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    stays_of, goes_of = np.add.reduceat(stays, start), np.add.reduceat(goes, start)
    below = np.cumsum(goes_of) - goes_of
    return float(stays_of @ (below + goes_of / 2) / (stays.sum() * goes.sum()))
