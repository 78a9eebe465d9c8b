"""What a customer is still worth: discounted, to a stated horizon, with an interval."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arbiter.science.estimate import Estimate

Floats = NDArray[np.float64]

LEVEL = 0.90
LEAST_DRAWS = 100


@dataclass(frozen=True)
class Values:
    """Expected values of n customers, and of all together; the ranges are of the expectation.

    A single customer stays or leaves: what it will bring scatters far more than what is expected of it.
    """

    value: Floats
    low: Floats
    high: Floats
    total: Estimate
    horizon: str
    """In words: until when, and at which discount."""


def discount_per_period(*, per_year: float, periods_per_year: float) -> float:
    """Return the discount of one period that makes up a yearly one: what is 10 % a year in a month?

    (1 + d)^(1/m) − 1.

    Args:
        per_year: d, above −1; 0.1 stands for 10 %.
        periods_per_year: m, above 0: 12 for monthly, 1 for yearly contracts, 1/3 for those of three years.

    Raises:
        ValueError: an argument is out of range.

    References:
        Brealey, R. A., Myers, S. C. and Allen, F. (2020). Principles of Corporate Finance, 13th ed., ch. 2.

    Examples:
        >>> round(discount_per_period(per_year=0.10, periods_per_year=12), 5)
        0.00797
    """
    if not per_year > -1 or not periods_per_year > 0:
        raise ValueError("A discount lies above −100 %, and a year has some periods.")
    return float((1 + per_year) ** (1 / periods_per_year) - 1)


def tails(level: float, draws: int) -> tuple[float, float]:
    """Return the two quantiles between which the given share of the draws lies.

    (1 − level) / 2 and (1 + level) / 2.

    Args:
        level: the share in the middle, in (0, 1).
        draws: how many there are, at least 100: with fewer the ends are noise.

    Raises:
        ValueError: an argument is out of range.

    References:
        Gelman, A. et al. (2013). Bayesian Data Analysis, 3rd ed., section 2.3.

    Examples:
        >>> [round(end, 3) for end in tails(0.9, 1_000)]
        [0.05, 0.95]
    """
    if not 0 < level < 1 or draws < LEAST_DRAWS:
        raise ValueError(f"A level lies between 0 and 1, and takes at least {LEAST_DRAWS} draws.")
    return (1 - level) / 2, (1 + level) / 2
