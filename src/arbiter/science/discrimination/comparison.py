"""Two signals on the same customers: which tells more, and is the difference more than luck?"""

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

from arbiter.science.discrimination.area import without_spread
from arbiter.science.discrimination.placements import Sample, Spread, placements, sample, spread
from arbiter.science.interval import normal_quantile, t_quantile


@dataclass(frozen=True, slots=True)
class AucDifference:
    """How much better the first score tells apart than the second, on the rows that have both.

    Attributes:
        value: AUC of the first minus AUC of the second, in [-1, 1].
        low: lower end of the interval.
        high: upper end.
        p: two-sided p-value of no difference.
        se: standard error of the difference.
        first: AUC of the first score on the common rows.
        second: AUC of the second on the same.
        n: common rows.
        positives: common rows where it happened.
        negatives: common rows where it did not.
    """

    value: float
    low: float
    high: float
    p: float
    se: float
    first: float
    second: float
    n: int
    positives: int
    negatives: int


def compare(
    first: ArrayLike,
    second: ArrayLike,
    happened: ArrayLike,
    *,
    clusters: ArrayLike | None = None,
    level: float = 0.95,
) -> AucDifference:
    """Return the difference of two AUCs on the same rows: does the first score tell more?

    D = Â₁ − Â₂ over the rows that have both scores. Its variance is DeLong's of the paired placements,
    summed by customer where clusters are given; the ends are D ± t · se with Satterthwaite's degrees of
    freedom. Simulated with 10 to 30 losses, these cover 93 to 97 % where 95 % are promised, and a
    percentile bootstrap 90 to 95 %: there is none here for that reason.

    Args:
        first: one score; NaN where it is not known. Shape (n,).
        second: the other; NaN where it is not known. Shape (n,).
        happened: 1 where the event came about, else 0; both occur among the common rows. Shape (n,).
        clusters: the customer of each row. Shape (n,). Without, each row is its own.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: columns of different length, an outcome that is neither 0 nor 1, only one class among
            the rows with both scores, or a level outside (0, 1).

    References:
        DeLong, E. R., DeLong, D. M. and Clarke-Pearson, D. L. (1988). Comparing the areas under two or
        more correlated receiver operating characteristic curves. Biometrics, 44(3), 837-845.
        Obuchowski, N. A. (1997). Nonparametric analysis of clustered ROC curve data. Biometrics, 53(2).

    Examples:
        >>> lost = [1, 1, 1, 0, 0, 0, 0, 0]
        >>> silent_days, tickets = [40, 33, 21, 3, 12, 5, 30, 1], [2, 0, 1, 1, 0, 2, 0, 0]
        >>> told = compare(silent_days, tickets, lost)
        >>> round(told.first, 2), round(told.second, 2), round(told.value, 2), round(told.p, 2)
        (0.93, 0.63, 0.3, 0.31)
    """
    a, b, y, whose = _common(first, second, happened, clusters)
    rows = sample(a, y, whose)
    z = normal_quantile(level)
    one, other = placements(rows.score, rows.happened), placements(b, rows.happened)
    value, doubt = one.area - other.area, spread(one - other, rows)
    if doubt.variance or (one.positive == other.positive).all():
        se, freedom = sqrt(doubt.variance), doubt.freedom
    else:
        se, freedom = _apart(one.area, other.area, doubt, z), np.inf
    reach = t_quantile(level, freedom) * se if se else 0.0
    p = 2 * float(stdtr(freedom, -abs(value) / se)) if se else 1.0
    return AucDifference(
        value, value - reach, value + reach, p, se, one.area, other.area, *_counts(rows)
    )


def _common(
    first: ArrayLike, second: ArrayLike, happened: ArrayLike, clusters: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray | None]:
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    y = np.asarray(happened)
    whose = None if clusters is None else np.asarray(clusters)
    if not a.shape == b.shape == y.shape or (whose is not None and whose.shape != y.shape):
        raise ValueError("Both scores, the outcome and the customers must be of one length.")
    known = ~(np.isnan(a) | np.isnan(b))
    return a[known], b[known], y[known], None if whose is None else whose[known]


def _apart(first: float, second: float, doubt: Spread, z: float) -> float:
    """Where the pairs show no spread although they differ, each AUC brings its own."""
    ends = [without_spread(area, doubt, z) for area in (first, second)]
    return hypot(*((high - low) / (2 * z) for low, high in ends))


def _counts(rows: Sample) -> tuple[int, int, int]:
    return len(rows.score), rows.positives, rows.negatives
