"""Calibration: do contracts forecast at 80 % renew in 80 % of cases?"""

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit, ndtr

from arbiter.science.estimate import Estimate
from arbiter.science.interval import normal_quantile, wilson
from arbiter.science.scoring._pairs import Floats, paired

UNDETERMINED = "These outcomes do not determine a line."


@dataclass(frozen=True, slots=True)
class InTheLarge:
    """What was expected of all forecasts together, and what came about.

    Attributes:
        expected: mean forecast, in [0, 1].
        observed: share that came about, in [0, 1].
        difference: observed minus expected; above 0 the forecasts were too low.
        low: lower end of the difference.
        high: upper end of the difference.
        n: forecasts.
    """

    expected: float
    observed: float
    difference: float
    low: float
    high: float
    n: int


def calibration_in_the_large(
    probability: ArrayLike, happened: ArrayLike, *, level: float = 0.95
) -> InTheLarge:
    """Return how far the mean forecast lies from the share that came about: is it too rosy on the whole?

    d = ȳ − p̄; the ends are Wilson's for ȳ, minus p̄. They are somewhat wide, as forecasts that differ
    scatter less together than one percentage for all would.

    Args:
        probability: forecast chance of the event, in [0, 1]. Shape (n,), n >= 1.
        happened: 1 where the event came about, else 0. Shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: shapes differ, n is 0, a value lies outside its range, or the level outside (0, 1).

    References:
        Steyerberg, E. W. (2019). Clinical Prediction Models, 2nd ed., section 15.3.

    Examples:
        >>> book = calibration_in_the_large([0.9, 0.9, 0.8, 0.6], [1, 1, 0, 0])
        >>> round(book.expected, 2), book.observed, round(book.difference, 2)
        (0.8, 0.5, -0.3)
        >>> round(book.low, 2), round(book.high, 2)
        (-0.65, 0.05)
    """
    p, y = paired(probability, happened)
    expected, observed = float(p.mean()), float(y.mean())
    low, high = wilson(int(y.sum()), len(y), level=level)
    return InTheLarge(
        expected, observed, observed - expected, low - expected, high - expected, len(y)
    )


@dataclass(frozen=True, slots=True)
class CalibrationLine:
    """The straight line, in log-odds, that would have put the forecasts right.

    Attributes:
        intercept: the shift that would have done it, all forecasts alike; 0 is perfect, above 0 they
            were too low. In log-odds.
        slope: the stretch that would have done it beside a free shift; 1 is perfect, below 1 they were
            too extreme, 0 or less they knew nothing.
    """

    intercept: Estimate
    slope: Estimate


def calibration_line(
    probability: ArrayLike, happened: ArrayLike, *, level: float = 0.95
) -> CalibrationLine:
    """Return the intercept and the slope of logistic recalibration: too rosy, too extreme?

    Intercept: a in logit P(y = 1) = a + logit p. Slope: b in logit P(y = 1) = a' + b · logit p. Both by
    maximum likelihood, with ends at z standard errors from the information matrix.

    Args:
        probability: forecast chance of the event, in (0, 1). Shape (n,), n >= 1.
        happened: 1 where the event came about, else 0. Shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Returns:
        Both as estimates; without a value where nothing determines them: outcomes all alike, or, for
        the slope, forecasts all alike or apart without overlap.

    Raises:
        ValueError: shapes differ, n is 0, a probability lies outside (0, 1), or the level does.

    References:
        Cox, D. R. (1958). Two further applications of a model for binary regression. Biometrika,
        45(3-4), 562-565.
        Van Calster, B. et al. (2019). Calibration: the Achilles heel of predictive analytics. BMC
        Medicine, 17, 230.

    Examples:
        Forecasts of 90 % and 10 % of which three in four came true are too extreme.

        >>> line = calibration_line([0.9] * 4 + [0.1] * 4, [1, 1, 1, 0, 0, 0, 0, 1])
        >>> round(line.intercept.value, 2), round(line.slope.value, 2)
        (0.0, 0.5)
    """
    p, y = paired(probability, happened)
    if not np.all((p > 0) & (p < 1)):
        raise ValueError("Log-odds need probabilities strictly between 0 and 1.")
    z, x = normal_quantile(level), logit(p)
    shift, line = np.ones((len(x), 1)), np.column_stack([np.ones(len(x)), x])
    unknown = Estimate.too_few(len(x), UNDETERMINED)
    mixed = 0 < y.sum() < len(y)
    overlap = mixed and _overlap(x[y == 1], x[y == 0])
    return CalibrationLine(
        intercept=_last_of(shift, y, x, z) if mixed else unknown,
        slope=_last_of(line, y, np.zeros(len(x)), z) if overlap else unknown,
    )


def _overlap(with_it: Floats, without: Floats) -> bool:
    """Whether neither class lies wholly at or above the other; else the slope runs off to infinity.

    A hair's breadth does not count: forecasts that are as good as alike determine no slope either.
    """
    return bool(with_it.min() < without.max() - 1e-6 and without.min() < with_it.max() - 1e-6)


def _last_of(z: Floats, y: Floats, offset: Floats, quantile: float) -> Estimate:
    """Fit logit P(y = 1) = offset + zᵀθ and return the last coefficient.

    Newton's steps are halved until the likelihood rises, which it can as it is concave.
    """
    theta = np.zeros(z.shape[1])
    best = _log_likelihood(offset, y)
    for _ in range(100):
        fitted = expit(offset + z @ theta)
        information = z.T @ (z * (fitted * (1 - fitted))[:, None])
        step = np.linalg.solve(information, z.T @ (y - fitted))
        while (reached := _log_likelihood(offset + z @ (theta + step), y)) < best - 1e-12:
            step = step / 2
        theta, gain, best = theta + step, reached - best, reached
        if gain < 1e-12 and np.abs(step).max() < 1e-8:
            break
    se = sqrt(np.linalg.inv(information)[-1, -1])
    value = float(theta[-1])
    return Estimate(value, value - quantile * se, value + quantile * se, len(y))


def _log_likelihood(eta: Floats, y: Floats) -> float:
    return float(np.sum(y * eta - np.logaddexp(0.0, eta)))


@dataclass(frozen=True, slots=True)
class Spiegelhalter:
    """Whether the Brier score is what calibrated forecasts would have.

    Attributes:
        z: standard deviations above (worse) or below what calibrated forecasts would score.
        p: two-sided p-value.
        n: forecasts.
    """

    z: float
    p: float
    n: int


def spiegelhalter(probability: ArrayLike, happened: ArrayLike) -> Spiegelhalter:
    """Return Spiegelhalter's test: could calibrated forecasts have come out like this?

    z = Σ (y − p)(1 − 2p) / √ Σ (1 − 2p)² p (1 − p), about standard normal where they are calibrated.
    It needs no bins, so it serves from a few dozen outcomes on.

    Args:
        probability: forecast chance of the event, in [0, 1]. Shape (n,), n >= 1.
        happened: 1 where the event came about, else 0. Shape (n,).

    Returns:
        z of 0 and p of 1 where all forecasts are one half, of which the test cannot speak; an infinite
        z and p of 0 where all were certain and some were wrong.

    Raises:
        ValueError: shapes differ, n is 0, or a value lies outside its range.

    References:
        Spiegelhalter, D. J. (1986). Probabilistic prediction in patient management and clinical
        trials. Statistics in Medicine, 5(5), 421-433.

    Examples:
        >>> test = spiegelhalter([0.9] * 10, [1] * 6 + [0] * 4)
        >>> round(test.z, 2), round(test.p, 4)
        (3.16, 0.0016)
    """
    p, y = paired(probability, happened)
    excess = float(np.sum((y - p) * (1 - 2 * p)))
    sd = sqrt(float(np.sum((1 - 2 * p) ** 2 * p * (1 - p))))
    z = excess / sd if sd else (inf if excess > 0 else 0.0)
    return Spiegelhalter(z, float(2 * ndtr(-abs(z))), len(p))
