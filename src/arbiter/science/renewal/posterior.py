"""What outcomes make of beliefs about coefficients: the peak of the posterior and its width."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit

from arbiter.science.renewal.cases import Floats, History
from arbiter.science.renewal.layout import rows
from arbiter.science.renewal.model import Model

MOST_STEPS = 20
SETTLED = 1e-10
"""Once no coefficient moves by more than that, the peak is found."""


@dataclass(frozen=True)
class Posterior:
    """The most likely coefficients, how sure they are, and what the data alone says of them."""

    mean: Floats
    covariance: Floats
    effective_degrees: float


def posterior(
    z: Floats, renewed: Floats, weight: Floats, *, mean: Floats, sds: Floats
) -> Posterior:
    """Return what is believed of the coefficients once outcomes were seen.

    The most likely θ of Σ w (y zᵀθ − ln(1 + e^{zᵀθ})) − ½ Σ ((θ − μ)/s)², by Newton's method, and the
    normal distribution that fits its peak (Laplace): covariance H⁻¹, H = ZᵀWZ + diag(1/s²).

    Args:
        z: rows of the model, shape (n, p), n >= 0.
        renewed: outcomes, 0 or 1. Shape (n,).
        weight: how much each row counts, at least 0. Shape (n,).
        mean: prior mean μ. Shape (p,).
        sds: prior standard deviations s, above 0. Shape (p,).

    References:
        MacKay, D. J. C. (1992). The evidence framework applied to classification networks. Neural
        Computation, 4(5), 720-736.

    Examples:
        Ten renewals of ten move even odds up, but not to certainty.

        >>> z, all_renewed = np.ones((10, 1)), np.ones(10)
        >>> seen = posterior(z, all_renewed, np.ones(10), mean=np.zeros(1), sds=np.ones(1))
        >>> seen.mean.round(2).tolist()
        [1.63]
    """
    precision = sds**-2

    def value(theta: Floats) -> float:
        eta = z @ theta
        misfit = weight @ (np.logaddexp(0, eta) - renewed * eta)
        return float(misfit + precision @ (theta - mean) ** 2 / 2)

    theta = mean
    for _ in range(MOST_STEPS):
        chance = expit(z @ theta)
        slope = z.T @ (weight * (renewed - chance)) - precision * (theta - mean)
        bend = _information(z, weight * chance * (1 - chance)) + np.diag(precision)
        step = _shortened(value, theta, cho_solve(cho_factor(bend), slope))
        theta = theta + step
        if np.abs(step).max() < SETTLED:
            break
    chance = expit(z @ theta)
    information = _information(z, weight * chance * (1 - chance))
    covariance = cho_solve(cho_factor(information + np.diag(precision)), np.eye(len(mean)))
    covariance = (covariance + covariance.T) / 2
    return Posterior(theta, covariance, float(np.sum(covariance * information)))


def fitted(past: History, start: Model) -> tuple[Model, float]:
    """Return the model after these renewals, by the logistic alone, and its effective degrees of freedom.

    Args:
        past: decided renewals. Length n >= 0.
        start: the beliefs of the first day, and the layout of the columns beside the table, about which
            they say nothing yet.

    References:
        docs/method/learning.md.

    Examples:
        >>> from arbiter.science.renewal import UNTOLD, day_one, history
        >>> nothing = history([], renewed=[], renewal=[], customer=[], age_months=[])
        >>> start = day_one([], base_rate=UNTOLD)
        >>> bool((fitted(nothing, start)[0].mean == start.mean).all())
        True
    """
    more = start.layout.sds
    seen = posterior(
        rows(past.cases, start.layout),
        past.renewed,
        past.weight,
        mean=np.append(start.mean, np.zeros(len(more))),
        sds=np.append(np.sqrt(np.diag(start.covariance)), more),
    )
    return replace(start, mean=seen.mean, covariance=seen.covariance), seen.effective_degrees


def _information(z: Floats, weight: Floats) -> Floats:
    return np.asarray(z.T @ (weight[:, None] * z))


def _shortened(value: Callable[[Floats], float], theta: Floats, step: Floats) -> Floats:
    """The step, halved until it leads downhill: far from the peak Newton's step can overshoot."""
    slack = abs(value(theta)) * 1e-14
    highest = value(theta) + slack
    while value(theta + step) > highest:
        step = step / 2
    return step
