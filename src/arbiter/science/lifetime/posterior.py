"""From a likelihood to its best parameters, and to how unsure they are."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Objective = Callable[[Floats], tuple[float, Floats]]
"""Minus the log-likelihood and its gradient, of the logarithms of the parameters."""

FARTHEST = 9.0
"""Logarithms of scales are looked for within ±9: beyond, the likelihood is flat and tells nothing."""

_DIFFERENCE = 1e-5
_MOST_STEPS = 12
_LONGEST = 1.0
_LONG = 0.01
_SHORT = 1e-7
"""Of a Newton step, in logarithms; after one shorter than this the error is of its square."""


@dataclass(frozen=True)
class Optimum:
    """Where minus the log-likelihood is least, and how it curves there."""

    at: Floats
    """Logarithms of the parameters. Shape (k,)."""
    value: float
    gradient: Floats
    curvature: Floats
    """Second derivatives. Shape (k, k)."""
    farthest: Floats
    """How far from 0 was looked. Shape (k,)."""

    @property
    def is_inside(self) -> bool:
        """Whether the function bends upwards here, and this is not the edge of what was looked at."""
        within = bool(np.all(np.abs(self.at) < self.farthest - 0.01))
        return within and bool(np.all(np.linalg.eigvalsh(self.curvature) > 0))

    @property
    def is_summit(self) -> bool:
        """Whether it is inside, and another Newton step would lead nowhere else."""
        if not self.is_inside:
            return False
        return bool(np.max(np.abs(np.linalg.solve(self.curvature, self.gradient))) < 1e-4)


@dataclass(frozen=True)
class LogNormal:
    """A weak belief: the logarithms of the parameters are normal."""

    mean: Floats
    """Shape (k,)."""
    covariance: Floats
    """Shape (k, k)."""

    @classmethod
    def independent(cls, mean: ArrayLike, sd: ArrayLike) -> "LogNormal":
        """Of parameters that do not tell of one another."""
        spread = np.square(np.asarray(sd, dtype=float))
        return cls(mean=np.asarray(mean, dtype=float), covariance=np.diag(spread))

    @cached_property
    def precision(self) -> Floats:
        return np.asarray(np.linalg.inv(self.covariance), dtype=np.float64)

    def add_to(self, objective: Objective) -> Objective:
        """Minus the log of likelihood times prior, up to a constant."""

        def penalised(theta: Floats) -> tuple[float, Floats]:
            value, gradient = objective(theta)
            pull = self.precision @ (theta - self.mean)
            return value + 0.5 * float((theta - self.mean) @ pull), gradient + pull

        return penalised


@dataclass(frozen=True)
class Posterior:
    """What is believed of the logarithms of the parameters: a normal distribution (Laplace)."""

    mode: Floats
    """Shape (k,)."""
    covariance: Floats
    """Shape (k, k)."""

    def draws(self, count: int, *, seed: int = 0) -> Floats:
        """Parameters drawn from it. Shape (count, k).

        The draws stand in pairs around the mode and are stretched to have the covariance exactly, so that a
        few hundred give steady ends.
        """
        size = (count + 1) // 2
        half = np.random.default_rng(seed).standard_normal((size, len(self.mode)))
        if size > len(self.mode):
            half = half @ np.linalg.inv(np.linalg.cholesky(half.T @ half / size)).T
        steps = np.vstack([half, -half])[:count] @ np.linalg.cholesky(self.covariance).T
        return np.asarray(np.exp(np.clip(self.mode + steps, -2 * FARTHEST, 2 * FARTHEST)))


def least(objective: Objective, start: Floats, *, farthest: ArrayLike = FARTHEST) -> Optimum:
    """Return where a smooth function is least: which parameters make the data most likely?

    L-BFGS-B comes near; Newton steps θ ← θ − H⁻¹g finish, with H from central differences of the analytic
    gradient. H is kept as the curvature, from which a Laplace covariance follows. Where the function does
    not bend upwards, or at the edge of the region, there are no Newton steps.

    Args:
        objective: minus the log-likelihood and its gradient, in logarithms of the parameters.
        start: where to begin, within the region. Shape (k,).
        farthest: the region is ± this, above 0. Shape (k,) or a scalar.

    Raises:
        ValueError: the start lies outside the region.

    References:
        Nocedal, J. and Wright, S. J. (2006). Numerical Optimization, 2nd ed., chapters 3 and 7.

    Examples:
        >>> bowl = lambda theta: (float(np.sum((theta - 1) ** 2)), 2 * (theta - 1))
        >>> found = least(bowl, np.zeros(2))
        >>> found.at.round(6).tolist(), found.curvature.round(3).tolist()
        ([1.0, 1.0], [[2.0, 0.0], [0.0, 2.0]])
    """
    from scipy.optimize import minimize  # takes longer to load than most commands take to run

    edge = np.broadcast_to(np.asarray(farthest, dtype=float), start.shape)
    if np.any(np.abs(start) > edge):
        raise ValueError("The start must lie within the region.")
    scale = max(1.0, abs(objective(start)[0]))

    def scaled(theta: Floats) -> tuple[float, Floats]:
        value, gradient = objective(theta)
        return value / scale, gradient / scale

    near = minimize(
        scaled,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=list(zip(-edge, edge, strict=True)),
        options={"ftol": 1e-9, "gtol": 1e-6},
    )
    at = np.asarray(near.x, dtype=float)
    return _finished(objective, Optimum(at, *objective(at), _curvature(objective, at), edge))


def laplace(objective: Objective, prior: LogNormal, near: Optimum) -> Posterior:
    """Return the normal distribution that stands for likelihood times prior: how sure are the parameters?

    Mode θ̂ of ln L(θ) + ln p(θ), covariance H⁻¹ with H the curvature there; θ are the logarithms.

    Args:
        objective: minus the log-likelihood and its gradient.
        prior: the weak belief that keeps the distribution proper where the data say little.
        near: where the likelihood alone is greatest.

    Raises:
        numpy.linalg.LinAlgError: the mode is no summit.

    References:
        Tierney, L. and Kadane, J. B. (1986). Accurate approximations for posterior moments and marginal
        densities. Journal of the American Statistical Association, 81(393), 82-86.

    Examples:
        Data and prior agree, and have the same weight: the variance halves.

        >>> data = lambda theta: (0.5 * float(theta @ theta), theta)
        >>> belief = LogNormal.independent([0.0], [1.0])
        >>> laplace(data, belief, least(data, np.ones(1))).covariance.round(6).tolist()
        [[0.5]]
    """
    penalised = prior.add_to(objective)
    bend = near.curvature + prior.precision
    found = _finished(penalised, Optimum(near.at, *penalised(near.at), bend, near.farthest))
    if not found.is_summit:
        found = least(penalised, prior.mean, farthest=near.farthest)
    np.linalg.cholesky(found.curvature)
    return Posterior(
        mode=found.at, covariance=np.asarray(np.linalg.inv(found.curvature), dtype=np.float64)
    )


def _finished(objective: Objective, optimum: Optimum) -> Optimum:
    """Newton steps to the summit; the curvature is taken anew only after a long step: it costs 2k evaluations."""
    for _ in range(_MOST_STEPS):
        if not optimum.is_inside:
            break
        step = np.linalg.solve(optimum.curvature, optimum.gradient)
        there = optimum.at - np.clip(step, -_LONGEST, _LONGEST)
        value, gradient = objective(there)
        if not value <= optimum.value + 1e-12 * abs(value):
            break
        long = float(np.max(np.abs(step)))
        bend = _curvature(objective, there) if long > _LONG else optimum.curvature
        optimum = Optimum(there, value, gradient, bend, optimum.farthest)
        if long < _SHORT:
            break
    return optimum


def _curvature(objective: Objective, at: Floats) -> Floats:
    """Second derivatives from central differences of the gradient."""
    sides = [
        objective(at + step)[1] - objective(at - step)[1] for step in _DIFFERENCE * np.eye(len(at))
    ]
    bend = np.array(sides) / (2 * _DIFFERENCE)
    return np.asarray((bend + bend.T) / 2)
