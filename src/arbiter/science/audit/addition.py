"""What a signal adds to the forecasts that were made: would they have been worse without it?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from arbiter.science.estimate import Estimate
from arbiter.science.scoring import compare_log_scores

FEWEST_CUSTOMERS = 20
"""With fewer customers the spread of their mean is not known well enough to be told."""


@dataclass(frozen=True, slots=True)
class Addition:
    """The mean drop in log loss that a signal brought, in nats per renewal.

    Attributes:
        gain: log loss without the signal minus log loss with it; above 0 where it helped.
        customers: how many customers the renewals belong to.
    """

    gain: Estimate
    customers: int


def addition(
    probability: ArrayLike,
    effect: ArrayLike,
    renewed: ArrayLike,
    *,
    customer: ArrayLike,
    level: float = 0.95,
) -> Addition:
    """Return what a signal added to stored forecasts: how much worse would they be without it?

    A stored forecast's reasons add up in log-odds, so that p without the signal is
    σ(logit p − effect). The gain is the mean of ln p(y) − ln p₋(y) over renewals; its interval
    counts each customer once, who may have several renewals (see `compare_log_scores`).

    Args:
        probability: the stored chance of renewal, in (0, 1). Shape (n,).
        effect: what the signal moved, in log-odds. Shape (n,).
        renewed: 1 where the contract renewed, else 0. Shape (n,).
        customer: any label of the customer. Shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Returns:
        The gain; unknown below 20 customers.

    Raises:
        ValueError: columns of different length, or a probability outside (0, 1).

    References:
        Liang, K.-Y. and Zeger, S. L. (1986). Longitudinal data analysis using generalized linear models.
        Biometrika, 73(1), 13-22 (the clustered variance of a mean).

    Examples:
        A signal that pulled 30 forecasts the right way, by half a log-odd each.

        >>> told = addition([0.8] * 30, [0.5] * 30, [1] * 30, customer=range(30))
        >>> round(told.gain.value, 3)
        0.122
    """
    p, moved, y = (np.asarray(each, dtype=float) for each in (probability, effect, renewed))
    owner = np.asarray(customer)
    if not p.shape == moved.shape == y.shape == owner.shape or p.ndim != 1:
        raise ValueError("Every forecast needs one effect, one outcome and one customer.")
    if not np.all((p > 0) & (p < 1)):
        raise ValueError("A stored chance lies between 0 and 1.")
    customers = len(np.unique(owner))
    if customers < FEWEST_CUSTOMERS:
        return Addition(Estimate.too_few(len(p), "Too few customers to tell."), customers)
    without = expit(logit(p) - moved)
    told = compare_log_scores(without, p, y, clusters=owner, level=level)
    return Addition(Estimate(told.value, told.low, told.high, len(p)), customers)
