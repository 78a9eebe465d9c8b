"""One number for a set of forecasts: the Brier score, the log score, and how much better than a constant."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from arbiter.science.scoring._pairs import Floats, paired


def brier_score(probability: ArrayLike, happened: ArrayLike) -> float:
    """Return the mean squared error of forecast probabilities (0 is perfect, 1 is worst).

    B = mean (p − y)².

    Args:
        probability: forecast chance of the event, in [0, 1]. Shape (n,), n >= 1.
        happened: 1 where the event came about, else 0. Shape (n,).

    Raises:
        ValueError: shapes differ, n is 0, or a value lies outside its range.

    References:
        Brier, G. W. (1950). Verification of forecasts expressed in terms of probability.
        Monthly Weather Review, 78(1), 1-3.

    Examples:
        >>> round(brier_score([0.9, 0.2], [1, 0]), 3)
        0.025
    """
    p, y = paired(probability, happened)
    return float(np.mean((p - y) ** 2))


def log_score(probability: ArrayLike, happened: ArrayLike) -> float:
    """Return the mean surprise of what happened, in nats (0 is perfect, there is no worst).

    L = mean −ln(p where it happened, 1 − p where it did not). Nothing is clipped: who was certain and
    wrong once has an infinite score.

    Args:
        probability: forecast chance of the event, in [0, 1]. Shape (n,), n >= 1.
        happened: 1 where the event came about, else 0. Shape (n,).

    Raises:
        ValueError: shapes differ, n is 0, or a value lies outside its range.

    References:
        Good, I. J. (1952). Rational decisions. Journal of the Royal Statistical Society B, 14(1),
        107-114.

    Examples:
        >>> round(log_score([0.9, 0.2], [1, 0]), 3)
        0.164
        >>> log_score([1.0, 0.2], [0, 0])
        inf
    """
    return float(np.mean(log_scores(*paired(probability, happened))))


def log_scores(p: Floats, y: Floats) -> Floats:
    """Each forecast's own surprise, in nats."""
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.where(y == 1, p, 1 - p)))


def skill_against_base_rate(
    probability: ArrayLike,
    happened: ArrayLike,
    *,
    base_rate: float | None = None,
    score: Literal["brier", "log"] = "log",
) -> float:
    """Return how much better the forecasts are than one percentage for all: is there any skill?

    1 − score / score of the base rate: 1 is perfect, 0 no better than the constant, below 0 worse.

    Args:
        probability: forecast chance of the event, in [0, 1]. Shape (n,), n >= 1.
        happened: 1 where the event came about, else 0. Shape (n,).
        base_rate: the constant, in [0, 1], as it was known beforehand. Without, the share that came
            about among these very outcomes, which nobody could know and is therefore harder to beat.
        score: which score is compared.

    Raises:
        ValueError: shapes differ, n is 0, a value lies outside its range, or the base rate leaves
            nothing to beat since it was right about every row.

    References:
        Murphy, A. H. (1973). Hedging and skill scores for probability forecasts. Journal of Applied
        Meteorology, 12(1), 215-223.

    Examples:
        >>> round(skill_against_base_rate([0.9, 0.8, 0.6, 0.3], [1, 1, 1, 0], score="brier"), 2)
        0.6
    """
    p, y = paired(probability, happened)
    constant = np.full(len(y), y.mean() if base_rate is None else base_rate)
    rate = brier_score if score == "brier" else log_score
    to_beat = rate(constant, y)
    if to_beat == 0:
        raise ValueError("The base rate was right about every outcome: there is nothing to beat.")
    ours = rate(p, y)
    if np.isinf(ours) and np.isinf(to_beat):
        raise ValueError("Both were certain and wrong: infinite scores cannot be compared.")
    return 1 - ours / to_beat
