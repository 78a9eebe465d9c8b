"""Two forecasts of the same renewals: is one better by more than luck?"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

from arbiter.science.interval import t_quantile
from arbiter.science.scoring._pairs import paired
from arbiter.science.scoring.scores import log_scores


@dataclass(frozen=True, slots=True)
class ScoreDifference:
    """How much the first forecast's score differs from the second's, in nats per outcome.

    Attributes:
        value: mean log score of the first minus that of the second; below 0 the first is better.
        low: lower end of the interval.
        high: upper end.
        p: two-sided p-value of no difference.
        se: standard error of the value.
        n: outcomes.
        clusters: customers they belong to.
    """

    value: float
    low: float
    high: float
    p: float
    se: float
    n: int
    clusters: int


def compare_log_scores(
    first: ArrayLike,
    second: ArrayLike,
    happened: ArrayLike,
    *,
    clusters: ArrayLike | None = None,
    level: float = 0.95,
) -> ScoreDifference:
    """Return the difference of two log scores on the same outcomes: which forecast knew more?

    With d_i the difference of the two scores of outcome i and e_c the sum of d_i − d̄ over customer c,

        se² = G / (G − 1) · Σ_c e_c² / n²,    d̄ ± t_{G−1} · se,

    for G customers: several renewals of one customer are not so many observations.

    Args:
        first: chances of one forecast, in [0, 1]. Shape (n,).
        second: chances of the other. Shape (n,).
        happened: 1 where the event came about, else 0. Shape (n,).
        clusters: the customer of each outcome. Shape (n,). Without, each is its own.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: shapes differ, a value lies outside its range, there are fewer than two customers,
            or a forecast was certain and wrong, so that its score is infinite.

    References:
        Diebold, F. X. and Mariano, R. S. (1995). Comparing predictive accuracy. Journal of Business and
        Economic Statistics, 13(3), 253-263.
        Liang, K.-Y. and Zeger, S. L. (1986). Longitudinal data analysis using generalized linear
        models. Biometrika, 73(1), 13-22.

    Examples:
        >>> told = compare_log_scores([0.9, 0.8, 0.3, 0.7], [0.8, 0.8, 0.8, 0.8], [1, 1, 0, 1])
        >>> round(told.value, 3), round(told.se, 3), round(told.p, 2)
        (-0.309, 0.319, 0.4)
    """
    p, y = paired(first, happened)
    q, _ = paired(second, happened)
    difference = log_scores(p, y) - log_scores(q, y)
    if not np.isfinite(difference).all():
        raise ValueError("A forecast was certain and wrong: its score is infinite.")
    whose = np.arange(len(y)) if clusters is None else np.asarray(clusters)
    if whose.shape != y.shape:
        raise ValueError("Each outcome needs one customer.")
    _, code = np.unique(whose, return_inverse=True)
    value, groups = float(difference.mean()), int(code.max()) + 1
    if groups < 2:
        raise ValueError("One customer shows no spread: there must be at least two.")
    sums = np.bincount(code, difference - value)
    se = sqrt(groups / (groups - 1) * float(np.sum(sums**2))) / len(y)
    return _told(value, se, len(y), groups, level)


def _told(value: float, se: float, n: int, groups: int, level: float) -> ScoreDifference:
    freedom = groups - 1
    reach = t_quantile(level, freedom) * se
    p = 2 * float(stdtr(freedom, -abs(value) / se)) if se else float(value == 0)
    return ScoreDifference(value, value - reach, value + reach, p, se, n, groups)
