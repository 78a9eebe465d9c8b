"""What outcomes make of beliefs about coefficients: the peak of the posterior and its width."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit

from arbiter.science.renewal.cases import Floats, History
from arbiter.science.renewal.layout import Layout, rows
from arbiter.science.renewal.model import Model

MOST_STEPS = 20
SETTLED = 1e-10
"""Once no coefficient moves by more than that, the peak is found."""
ROUNDS = 6
"""So often are the deviations' widths found anew. More rounds change forecasts by less than a thousandth."""
FOUND = 2
"""What is found of a width counts so many times what was believed of it."""
NEARLY = 1e-3
"""Before the last round the peak need not be found more exactly than that."""


@dataclass(frozen=True)
class Posterior:
    """The most likely coefficients, how sure they are, and what the data alone says of them."""

    mean: Floats
    covariance: Floats
    effective_degrees: float


def posterior(
    z: Floats,
    renewed: Floats,
    weight: Floats,
    *,
    mean: Floats,
    sds: Floats,
    begin: Floats | None = None,
    settled: float = SETTLED,
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
        begin: where to look first; the prior mean unless given. Shape (p,).
        settled: how exactly the peak is to be found, per coefficient.

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

    theta = mean if begin is None else begin
    here = value(theta)
    for _ in range(MOST_STEPS):
        chance = expit(z @ theta)
        slope = z.T @ (weight * (renewed - chance)) - precision * (theta - mean)
        bend = _information(z, weight * chance * (1 - chance)) + np.diag(precision)
        step, here = _shortened(value, theta, cho_solve(cho_factor(bend), slope), here)
        theta = theta + step
        if np.abs(step).max() < settled:
            break
    chance = expit(z @ theta)
    information = _information(z, weight * chance * (1 - chance))
    covariance = cho_solve(cho_factor(information + np.diag(precision)), np.eye(len(mean)))
    covariance = (covariance + covariance.T) / 2
    return Posterior(theta, covariance, float(np.sum(covariance * information)))


def fitted(past: History, start: Model) -> tuple[Model, float]:
    """Return the model after these renewals, by the logistic alone, and its effective degrees of freedom.

    The deviations from the table, and the effects of the company's own signals, have heavy tails: a belief that
    the data contradict gives way. Their prior is like Student's with half a degree of freedom: a normal with the
    variance (s² + 2 E[δ²]) / 3, of what was believed and what is found, found anew in six rounds. Where there
    are no renewals it is s².

    Args:
        past: decided renewals. Length n >= 0.
        start: the beliefs of the first day, and the layout of the columns beside the table, about which
            they say nothing yet.

    References:
        Tipping, M. E. (2001). Sparse Bayesian learning and the relevance vector machine. Journal of Machine
        Learning Research, 1, 211-244 (widths from the data, by the same rounds).

    Examples:
        >>> from arbiter.science.renewal import UNTOLD, day_one, history
        >>> nothing = history([], renewed=[], renewal=[], customer=[], age_months=[])
        >>> start = day_one([], base_rate=UNTOLD)
        >>> bool((fitted(nothing, start)[0].mean == start.mean).all())
        True
    """
    z = rows(past.cases, start.layout)
    mean = np.append(start.mean, np.zeros(len(start.layout.sds)))
    first = np.append(np.sqrt(np.diag(start.covariance)), start.layout.sds)
    sds, seen = first, None
    for settled in (*[NEARLY] * (ROUNDS - 1), SETTLED):
        seen = posterior(
            z,
            past.renewed,
            past.weight,
            mean=mean,
            sds=sds,
            begin=None if seen is None else seen.mean,
            settled=settled,
        )
        sds = _widened(seen, first, start.layout)
    assert seen is not None
    return replace(start, mean=seen.mean, covariance=seen.covariance), seen.effective_degrees


def _widened(seen: Posterior, first: Floats, layout: Layout) -> Floats:
    """Widths by what was found of the deviations from the table and of the company's own signals."""
    found = seen.mean**2 + np.diag(seen.covariance)
    return np.where(layout.deviations, np.sqrt((first**2 + FOUND * found) / (1 + FOUND)), first)


def _information(z: Floats, weight: Floats) -> Floats:
    root = np.sqrt(weight)[:, None] * z
    return np.asarray(root.T @ root)


def _shortened(
    value: Callable[[Floats], float], theta: Floats, step: Floats, here: float
) -> tuple[Floats, float]:
    """The step, halved until it leads downhill, and the value there: far from the peak Newton's can overshoot."""
    there = value(theta + step)
    while there > here + abs(here) * 1e-14:
        step = step / 2
        there = value(theta + step)
    return step, there
