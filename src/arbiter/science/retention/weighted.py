"""Shares and means over customers that weigh differently, and how many alike they count for."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from arbiter.science.estimate import Estimate
from arbiter.science.interval import t_quantile, wilson

NO_MONEY = "Nobody with money at the start."
ONE_DECIDES = "One customer outweighs the rest: how sure it is cannot be told."
NO_CHANGE = "Nobody changed: how far it may move cannot be told."
MOST_STEADY = 1e-9
"""Below this the shares differ by rounding only, which says nothing about their spread."""


def weighted_share(
    share: NDArray[np.float64], weight: NDArray[np.float64], *, level: float, of: str
) -> Estimate:
    """The weighted mean of shares in [0, 1] with Wilson's interval of as many alike as they count for."""
    w, kish = _weights(weight)
    value = min(1.0, max(0.0, float(w @ share)))
    alike = max(1.0, min(kish, _design_n(value, share, w)))
    low, high = wilson(min(value * alike, alike), alike, level=level)
    return Estimate(
        value,
        min(low, value),
        max(high, value),
        share.size,
        effective_n=alike,
        note=behaves_like(share.size, alike, of),
    )


def weighted_mean(
    ratio: NDArray[np.float64], weight: NDArray[np.float64], *, level: float, of: str
) -> Estimate:
    """The weighted mean of ratios of at least 0, with a cautious t interval."""
    w, alike = _weights(weight)
    n, value = ratio.size, float(w @ ratio)
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


def _weights(weight: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """The weights as shares, and Kish's effective n."""
    w = weight / weight.sum()
    return w, float(1 / (w**2).sum())


def _design_n(value: float, share: NDArray[np.float64], w: NDArray[np.float64]) -> float:
    """How many alike would scatter as these do; fewer than Kish's n where the large ones were lost."""
    variance = float(w**2 @ (share - value) ** 2)
    return value * (1 - value) / variance if variance > 0 else np.inf
