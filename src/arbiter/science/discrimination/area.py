"""The area under the ROC curve, with an interval that holds for ten losses too."""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from numpy.typing import ArrayLike
from scipy.special import expit, logit

from arbiter.science.discrimination.placements import Spread, placements, sample, spread
from arbiter.science.interval import Interval, normal_quantile, t_quantile

Method = Literal["DeLong", "Obuchowski", "Hanley-McNeil"]


@dataclass(frozen=True, slots=True)
class Auc:
    """How well a score tells apart where it happened from where it did not.

    Attributes:
        value: chance that a row where it happened has the higher score, ties counting half, in [0, 1].
        low: lower end of the interval, in [0, 1].
        high: upper end, in [0, 1].
        se: standard error of the value; half the interval in normal quantiles where rows give none.
        n: rows.
        positives: rows where it happened.
        negatives: rows where it did not.
        method: whose variance it is: DeLong's, Obuchowski's by customer, or Hanley and McNeil's.
    """

    value: float
    low: float
    high: float
    se: float
    n: int
    positives: int
    negatives: int
    method: Method


def auc(
    score: ArrayLike,
    happened: ArrayLike,
    *,
    clusters: ArrayLike | None = None,
    level: float = 0.95,
) -> Auc:
    """Return the area under the ROC curve: how often does the score stand higher where it happened?

    Â = mean over all pairs of 1[x⁺ > x⁻] + ½ 1[x⁺ = x⁻], the Mann–Whitney share. Its variance is
    DeLong's, from mid-ranks, and by customer (Obuchowski) where clusters are given. The ends are

        σ( logit Â ± t · se / (Â (1 − Â)) ),

    with Student's t at the degrees of freedom of Brunner and Munzel, so that the ends stay within 0 and
    1 and cover as told from about ten losses on. Where all placements agree (a perfect split, a constant
    score, a single customer in a class) that variance is 0 or unknown; then the ends solve |Â − θ| = z √V(θ) with
    Hanley and McNeil's variance V, both class sizes balanced (Newcombe's method 5).

    Args:
        score: the signal's value, any unit, finite or infinite but never NaN. Shape (n,).
        happened: 1 where the event came about, else 0; both occur. Shape (n,).
        clusters: the customer of each row; whole numbers are fastest. Shape (n,). Without, each row is
            its own.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: columns of different length, a score of NaN, an outcome that is neither 0 nor 1, only
            one class, or a level outside (0, 1).

    References:
        DeLong, E. R., DeLong, D. M. and Clarke-Pearson, D. L. (1988). Comparing the areas under two or
        more correlated receiver operating characteristic curves. Biometrics, 44(3), 837-845.
        Obuchowski, N. A. (1997). Nonparametric analysis of clustered ROC curve data. Biometrics, 53(2).
        Brunner, E. and Munzel, U. (2000). The nonparametric Behrens-Fisher problem. Biometrical
        Journal, 42(1), 17-25.
        Newcombe, R. G. (2006). Confidence intervals for an effect size measure based on the
        Mann-Whitney statistic. Part 2. Statistics in Medicine, 25(4), 559-573.

    Examples:
        Days without a login, of four customers that left and six that stayed.

        >>> away = auc([40, 33, 9, 21, 3, 12, 5, 30, 1, 8], [1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
        >>> round(away.value, 3), round(away.low, 2), round(away.high, 2), away.method
        (0.875, 0.37, 0.99, 'DeLong')
    """
    rows = sample(score, happened, clusters)
    z = normal_quantile(level)
    placed = placements(rows.score, rows.happened)
    area, doubt = placed.area, spread(placed, rows)
    if doubt.variance:
        se = sqrt(doubt.variance)
        low, high = _on_the_logit_scale(area, se, t_quantile(level, doubt.freedom))
        method: Method = "DeLong" if clusters is None else "Obuchowski"
    else:
        low, high = without_spread(area, doubt, z)
        se, method = (high - low) / (2 * z), "Hanley-McNeil"
    return Auc(area, low, high, se, len(rows.score), rows.positives, rows.negatives, method)


def _on_the_logit_scale(area: float, se: float, quantile: float) -> Interval:
    reach = quantile * se / (area * (1 - area))
    return Interval(float(expit(logit(area) - reach)), float(expit(logit(area) + reach)))


def without_spread(area: float, doubt: Spread, z: float) -> Interval:
    """Return the interval where the rows show no spread of their own: how sure is a perfect split?

    The ends solve (Â − θ)² = z² V(θ), V being Hanley and McNeil's variance with m − 1 and n − 1 both
    replaced by their mean.

    Args:
        area: the AUC, in [0, 1].
        doubt: whose numbers of customers in each class are m and n.
        z: normal quantile of the level, above 0.

    Raises:
        Nothing: its callers have checked what it is given.

    References:
        Newcombe, R. G. (2006). Confidence intervals for an effect size measure based on the
        Mann-Whitney statistic. Part 2. Statistics in Medicine, 25(4), 559-573.

    Examples:
        >>> low, high = without_spread(1.0, Spread(0.0, 0.0, 10, 57), 1.96)
        >>> round(low, 2), high
        (0.88, 1.0)
    """
    m, n = doubt.positive_owners, doubt.negative_owners
    return Interval(_lower_end(area, m, n, z), 1.0 - _lower_end(1.0 - area, m, n, z))


def _lower_end(area: float, m: int, n: int, z: float) -> float:
    from scipy.optimize import brentq  # takes longer to load than most commands take to run

    if area == 0:
        return 0.0
    # At area itself the distance is 0 and the variance is not, save at 1, where both vanish.
    top = min(area, 1 - 1e-12)
    return float(brentq(lambda θ: (area - θ) ** 2 - z * z * _variance(θ, m, n), 0.0, top))


def _variance(area: float, m: int, n: int) -> float:
    """Hanley and McNeil's variance with m − 1 and n − 1 both replaced by their mean."""
    others = (m + n) / 2 - 1
    both = (1 - area) / (2 - area) + area / (1 + area)
    return area * (1 - area) * (1 + others * both) / (m * n)
