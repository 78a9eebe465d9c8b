"""The chance that a signal implies: does a health of 80 mean what those with 80 then did?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from arbiter.science.estimate import Estimate
from arbiter.science.scoring import (
    ReliabilityBin,
    calibration_line,
    expected_calibration_error,
    log_score,
    reliability,
)

FOLDS = 5
SHRINKAGE = 1e-3
"""A touch of it keeps a signal that splits a fold perfectly from running off to infinity."""
STEPS = 25
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Implied:
    """How well the chances that a signal implies held for customers they were not learnt from.

    Attributes:
        intercept: 0 where they are right on the whole.
        slope: 1 where they spread as far as the truth; below, they claim too much.
        error: mean distance of forecast and outcome over ten bins, in [0, 1]; None below 200 renewals.
        bins: the ten bins; empty below 200 renewals.
        score: log loss of the chances, in nats.
        base_score: log loss of everybody's renewal rate instead, in nats.
    """

    intercept: Estimate
    slope: Estimate
    error: float | None
    bins: tuple[ReliabilityBin, ...]
    score: float
    base_score: float


def implied(values: ArrayLike, renewed: ArrayLike, *, customer: ArrayLike) -> Implied:
    """Return how good the chances are that a signal implies: could one forecast with it alone?

    logit P(renew) = a + b · (value − mean)/sd is fitted on four fifths of the customers and tells the
    chances of the rest, five times over; the chances so told are held against what happened.

    Args:
        values: the signal's values, finite. Shape (n,).
        renewed: 1 where the contract renewed, else 0. Shape (n,).
        customer: any label of the customer; its renewals never stand on both sides. Shape (n,).

    Raises:
        ValueError: columns of different length, a value that is not finite, or only one outcome.

    References:
        Steyerberg, E. W. (2019). Clinical Prediction Models, 2nd ed., chapters 5 and 15 (validation
        apart from the fit; calibration intercept and slope).

    Examples:
        >>> values = list(range(100))
        >>> told = implied(values, [value % 7 > 1 for value in values], customer=values)
        >>> told.score > told.base_score
        True
    """
    x, y, owner = np.asarray(values, float), np.asarray(renewed, float), np.asarray(customer)
    if not x.shape == y.shape == owner.shape or x.ndim != 1 or not np.all(np.isfinite(x)):
        raise ValueError("Every finite value needs one outcome and one customer.")
    if not 0 < y.sum() < len(y):
        raise ValueError("There must be renewals and losses.")
    fold = np.unique(owner, return_inverse=True)[1] % FOLDS
    told, base = np.empty(len(y)), np.empty(len(y))
    for number in range(FOLDS):
        rest, here = fold != number, fold == number
        told[here], base[here] = _told(x[rest], y[rest], x[here])
    line = calibration_line(told, y)
    return Implied(
        intercept=line.intercept,
        slope=line.slope,
        error=expected_calibration_error(told, y),
        bins=reliability(told, y),
        score=log_score(told, y),
        base_score=log_score(base, y),
    )


def _told(x: Floats, y: Floats, asked: Floats) -> tuple[Floats, float]:
    """The chances that a fit on x and y implies for what is asked, and everybody's rate."""
    rate = float((y.sum() + 1) / (len(y) + 2))
    spread = float(x.std()) if len(x) else 0.0
    if spread == 0:
        return np.full(len(asked), rate), rate
    middle = float(x.mean())
    theta = _fit((x - middle) / spread, y)
    return np.asarray(expit(theta[0] + theta[1] * (asked - middle) / spread)), rate


def _fit(x: Floats, y: Floats) -> Floats:
    """Intercept and slope by Newton's method, shrunk a touch."""
    z = np.column_stack([np.ones(len(x)), x])
    penalty = SHRINKAGE * len(x) * np.eye(2)
    theta = np.zeros(2)
    for _ in range(STEPS):
        p = expit(z @ theta)
        gradient = z.T @ (y - p) - penalty @ theta
        step = np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + penalty, gradient)
        theta = theta + step
        if np.abs(step).max() < 1e-8:
            break
    return theta
