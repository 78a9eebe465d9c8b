"""Shares and means over customers that weigh differently, and how many alike they count for."""

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate
from arbiter.science.interval import t_quantile, wilson

NO_MONEY = "Nobody with money at the start."
ONE_DECIDES = "One customer outweighs the rest: how sure it is cannot be told."
NO_CHANGE = "Nobody changed: how far it may move cannot be told."
MOST_STEADY = 1e-9
"""Below this the shares differ by rounding only, which says nothing about their spread."""


def amounts(first: ArrayLike, second: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two arrays of amounts of one length, none below 0."""
    one, two = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if one.shape != two.shape or one.ndim != 1:
        raise ValueError("Both amounts must be told for each, in the same order.")
    if not (
        np.isfinite(one).all()
        and np.isfinite(two).all()
        and min(one.min(initial=0), two.min(initial=0)) >= 0
    ):
        raise ValueError("An amount is a number of at least 0.")
    return one, two


def weighted_share(
    part: NDArray[np.float64], whole: NDArray[np.float64], *, level: float, of: str
) -> Estimate:
    """The parts ÷ the wholes, none above its whole, with Wilson's interval of as many alike."""
    value = min(1.0, float(part.sum() / whole.sum()))
    alike = max(1.0, min(kish_n(whole), _design_n(value, part / whole, whole / whole.sum())))
    low, high = wilson(min(value * alike, alike), alike, level=level)
    return Estimate(
        value,
        min(low, value),
        max(high, value),
        whole.size,
        effective_n=alike,
        note=behaves_like(whole.size, alike, of),
    )


def weighted_ratio(
    now: NDArray[np.float64], before: NDArray[np.float64], *, level: float, of: str
) -> Estimate:
    """What is now ÷ what was before, with a cautious t interval."""
    ratio, w = now / before, before / before.sum()
    n, value, alike = ratio.size, float(now.sum() / before.sum()), kish_n(before)
    if alike < 2:
        return Estimate(value, None, None, n, effective_n=alike, note=ONE_DECIDES)
    if np.ptp(ratio) < MOST_STEADY:
        return Estimate(value, None, None, n, effective_n=alike, note=NO_CHANGE)
    away = (ratio - value) ** 2
    spread = max(float(w @ away), float(ratio.var(ddof=1)))
    variance = max(spread / alike, float(w**2 @ away))
    reach = t_quantile(level, alike - 1) * sqrt(variance)
    note = behaves_like(n, alike, of)
    return Estimate(value, max(0.0, value - reach), value + reach, n, effective_n=alike, note=note)


def behaves_like(n: int, alike: float, of: str) -> str:
    """Say in a sentence how much the unequal weights take from n; nothing when they take nothing."""
    if round(alike) >= n:
        return ""
    return f"Your {n} {of} behave like {alike:.0f} of equal size."


def kish_n(weight: NDArray[np.float64]) -> float:
    """As many alike as have the same say: (Σw)² / Σw²."""
    return float(weight.sum() ** 2 / (weight @ weight))


def _design_n(value: float, share: NDArray[np.float64], w: NDArray[np.float64]) -> float:
    """How many alike would scatter as these do; fewer than Kish's n where the large ones were lost."""
    variance = float(w**2 @ (share - value) ** 2)
    return value * (1 - value) / variance if variance > 0 else np.inf
