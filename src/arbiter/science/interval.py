"""Intervals: how far from the shown number may the truth plausibly lie?"""

from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit, ndtri, stdtrit


class Interval(NamedTuple):
    """Two ends; the truth plausibly lies between them."""

    low: float
    high: float


def wilson(successes: float, n: float, *, level: float = 0.95) -> Interval:
    """Return the Wilson score interval of a proportion: what share lies behind k of n?

    With p = k / n and z the normal quantile of the level, the ends are the two roots of
    |p − π| = z √(π (1 − π) / n), that is

        (p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n).

    Unlike p ± z √(p (1 − p)/n) it stays within 0 and 1, is not empty at 0 of n and n of n, and
    covers about as often as it says even for small n.

    Args:
        successes: how often it happened, k, in [0, n]. May be fractional, for an effective n.
        n: how many were looked at, n > 0.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: n is not above 0, k lies outside [0, n], or the level outside (0, 1).

    References:
        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
        inference. Journal of the American Statistical Association, 22(158), 209-212.

    Examples:
        One customer of twenty was lost: 5 %, and plausibly 0.9 to 23.6 %.

        >>> low, high = wilson(1, 20)
        >>> round(low, 3), round(high, 3)
        (0.009, 0.236)
    """
    if not n > 0:
        raise ValueError("A proportion needs at least one observation.")
    if not 0 <= successes <= n:
        raise ValueError("The successes must lie between 0 and n.")
    z = normal_quantile(level)
    share = successes / n
    middle = share + z * z / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else max(0.0, (middle - reach) / scale)
    high = 1.0 if successes == n else min(1.0, (middle + reach) / scale)
    return Interval(low, high)


def around_probability(
    probability: ArrayLike, sd: ArrayLike, *, level: float = 0.90
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the range of a probability whose log-odds are uncertain: where does the chance lie?

    The ends are σ(logit p ± z·sd): symmetric in log-odds, so they never leave 0 and 1.

    Args:
        probability: the chance, in (0, 1). Shape (n,).
        sd: standard deviation of its log-odds, at least 0. Shape (n,) or a scalar.
        level: the share of such ranges that hold the true chance, in (0, 1).

    Returns:
        The lower ends and the upper ends, each of shape (n,).

    Raises:
        ValueError: a probability lies outside (0, 1), an sd is below 0, or the level is not in (0, 1).

    References:
        Gelman, A. et al. (2013). Bayesian Data Analysis, 3rd ed., section 16.1.

    Examples:
        >>> low, high = around_probability([0.8], 0.5)
        >>> low.round(3).item(), high.round(3).item()
        (0.637, 0.901)
    """
    p, spread = np.asarray(probability, dtype=float), np.asarray(sd, dtype=float)
    if not np.all((p > 0) & (p < 1)):
        raise ValueError("A probability must lie strictly between 0 and 1.")
    if not np.all(spread >= 0):
        raise ValueError("A standard deviation is at least 0.")
    reach = normal_quantile(level) * spread
    return expit(logit(p) - reach), expit(logit(p) + reach)


def normal_quantile(level: float) -> float:
    """Return the number of standard deviations that hold the level: 1.96 for 95 %.

    z = Φ⁻¹((1 + level) / 2).

    Args:
        level: the share in the middle, in (0, 1).

    Raises:
        ValueError: the level lies outside (0, 1).

    References:
        Abramowitz, M. and Stegun, I. A. (1964). Handbook of Mathematical Functions, table 26.5.

    Examples:
        >>> round(normal_quantile(0.95), 3)
        1.96
    """
    if not 0 < level < 1:
        raise ValueError("A level must lie strictly between 0 and 1.")
    return float(ndtri((1 + level) / 2))


def t_quantile(level: float, degrees: float) -> float:
    """Return the number of standard errors that hold the level when the spread is itself estimated.

    The quantile (1 + level) / 2 of Student's t: wider than the normal one, the fewer were seen.

    Args:
        level: the share in the middle, in (0, 1).
        degrees: degrees of freedom, above 0. May be fractional, for an effective n.

    Raises:
        ValueError: the level lies outside (0, 1), or there are no degrees of freedom.

    References:
        Student (1908). The probable error of a mean. Biometrika, 6(1), 1-25.

    Examples:
        >>> round(t_quantile(0.95, 9), 3)
        2.262
    """
    if not 0 < level < 1:
        raise ValueError("A level must lie strictly between 0 and 1.")
    if not degrees > 0:
        raise ValueError("A spread needs at least one degree of freedom.")
    return float(stdtrit(degrees, (1 + level) / 2))
