"""The forecast: an expert-prior Bayesian logistic, anchored on the vendor's own renewal rate."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import expit, logit, roots_hermite

from arbiter.science.interval import around_probability
from arbiter.science.renewal.base_rate import BaseRate
from arbiter.science.renewal.known import Known, features
from arbiter.science.renewal.terms import (
    DEVIATION,
    EFFECT_SDS,
    EFFECTS,
    METHOD,
    MISFIT_SD,
    SEGMENT_SD,
    TEMPERATURE,
    TEMPERATURE_SD,
    TERMS,
)

STRANGERS = 10
"""So many contracts of which nothing is known stand beside the open ones when the rate is anchored."""
LEVEL = 0.90

Floats = NDArray[np.float64]

_NODES, _WEIGHTS = roots_hermite(15)
_MASS = _WEIGHTS / np.sqrt(np.pi)


@dataclass(frozen=True)
class Model:
    """What is believed of the effects: a normal distribution over intercept, κ and each term's deviation.

    The log-odds of a contract are zᵀθ with z = (1, m·x, x) and θ = (a, κ, δ). On day one the mean is
    (a, 0.55, 0, …) and the covariance diagonal; renewals that have happened move both.
    """

    mean: Floats
    """Shape (2 + k,)."""
    covariance: Floats
    """Shape (2 + k, 2 + k)."""
    reference: Floats
    """The average contract, in features: reasons are told as differences from it. Shape (k,)."""
    base_rate: BaseRate
    method: str = METHOD

    @property
    def coefficients(self) -> Floats:
        """The shift in log-odds per unit of each feature, κ m + δ. Shape (k,)."""
        return np.asarray(self.mean[1] * EFFECTS + self.mean[2:])


@dataclass(frozen=True)
class Forecasts:
    """Forecasts of n contracts, as columns, in the order in which the contracts were given."""

    x: Floats
    """Features. Shape (n, k)."""
    eta: Floats
    """Mean log-odds. Shape (n,)."""
    sd: Floats
    """Standard deviation of the log-odds, without the misfit. Shape (n,)."""
    probability: Floats
    low: Floats
    """Lower end of the 90 % range of the true chance."""
    high: Floats

    def __len__(self) -> int:
        return len(self.eta)


def day_one(
    open_contracts: Sequence[Known], *, base_rate: BaseRate, strangers: float = STRANGERS
) -> Model:
    """Return the model before any renewal was learnt from: what to believe on the first day.

    The intercept a is solved so that the mean forecast, over the open contracts and a few of which
    nothing is known, equals the base rate. The strangers matter only to a handful of contracts: without
    them the only contract of a vendor would keep the base rate whatever its customer says.

    Args:
        open_contracts: everything known of every contract that is open. Length n >= 0.
        base_rate: the share of due contracts that renews, as told or as is usual.
        strangers: how many contracts of which nothing is known are added, at least 0.

    Raises:
        ValueError: strangers is below 0.

    References:
        Design and widths were measured on simulated vendors; see docs/method/renewal-forecast.md.

    Examples:
        >>> model = day_one([Known()] * 30, base_rate=BaseRate(renewed=170, due=200))
        >>> forecast([Known()], model).probability.round(3).item()
        0.85
    """
    return anchored(features(open_contracts), base_rate=base_rate, strangers=strangers)


def anchored(x: Floats, *, base_rate: BaseRate, strangers: float = STRANGERS) -> Model:
    """Return the model of the first day for open contracts given as features, as `day_one` does.

    Args:
        x: features of the open contracts, shape (n, k), n >= 0.
        base_rate: the share of due contracts that renews.
        strangers: how many contracts of which nothing is known are added, at least 0.

    Raises:
        ValueError: strangers is below 0, or the number of columns is not that of `TERMS`.

    References:
        As `day_one`.

    Examples:
        >>> model = anchored(features([]), base_rate=BaseRate(renewed=170, due=200))
        >>> model.mean[0].round(2).item()
        2.29
    """
    if strangers < 0:
        raise ValueError("The number of strangers is at least 0.")
    if not len(x) and not strangers:
        strangers = 1
    rows = np.vstack([x, features([Known()])])
    weights = np.append(np.ones(len(x)), strangers)
    weights /= weights.sum()
    free = prior(base_rate=base_rate, intercept=0.0, reference=weights @ rows)
    return replace(free, mean=np.array([_solved(free, rows, weights), *free.mean[1:]]))


def prior(*, base_rate: BaseRate, intercept: float, reference: ArrayLike) -> Model:
    """Return the beliefs of the first day around a known intercept: a stored anchor brought back to life.

    Args:
        base_rate: the share of due contracts that renews; its sd is that of the intercept.
        intercept: log-odds of a contract whose features are all 0.
        reference: the average contract, in features. Shape (k,).

    References:
        As `day_one`.

    Examples:
        >>> from arbiter.science.renewal.base_rate import UNTOLD
        >>> model = day_one([], base_rate=UNTOLD)
        >>> again = prior(base_rate=UNTOLD, intercept=model.mean[0], reference=model.reference)
        >>> bool((again.mean == model.mean).all())
        True
    """
    variances = [base_rate.sd**2, TEMPERATURE_SD**2, *np.square(DEVIATION * EFFECT_SDS)]
    return Model(
        mean=np.array([intercept, TEMPERATURE, *np.zeros(len(TERMS))]),
        covariance=np.diag(variances),
        reference=np.asarray(reference, dtype=float),
        base_rate=base_rate,
    )


def forecast(known: Sequence[Known], model: Model) -> Forecasts:
    """Return the chance that each contract renews, with the range in which the true chance lies.

    η = zᵀθ̂ and v = zᵀΣz + 0.35² (a segment of which nothing is learnt yet); the forecast is the mean
    of σ over N(η, v), by 15-node Gauss-Hermite quadrature, and the 90 % range is
    σ(logit p ± 1.645 √(v + 0.35²)), whose last part is what no such model can know.

    Args:
        known: what is known of each contract. Length n >= 0.
        model: what is believed of the effects.

    Returns:
        Forecasts of length n: probabilities in (0, 1), log-odds in nats.

    References:
        Sheeran, P. (2002). Intention-behavior relations: a conceptual and empirical review. European
        Review of Social Psychology, 12(1), 1-36. Bolton, R. N., Lemon, K. N. and Bramlett, M. D. (2006).
        The effect of service experiences over time on a supplier's retention of business customers.
        Management Science, 52(12), 1811-1823.

    Examples:
        >>> from arbiter.science.renewal.known import Answer
        >>> model = day_one([], base_rate=BaseRate(renewed=170, due=200))
        >>> said = [Known(answers=(Answer(word, "decision_maker", 0),)) for word in ("yes", "no")]
        >>> forecast(said, model).probability.round(2).tolist()
        [0.91, 0.58]
    """
    return from_features(features(known), model)


def from_features(x: Floats, model: Model) -> Forecasts:
    """Return forecasts for contracts given as features, as `forecast` does for what is known.

    Args:
        x: features, shape (n, k), columns as in `TERMS`.
        model: what is believed of the effects.

    Raises:
        ValueError: the number of columns is not that of `TERMS`.

    References:
        As `forecast`.

    Examples:
        >>> model = day_one([], base_rate=BaseRate(renewed=0, due=0))
        >>> from_features(features([Known()]), model).probability.round(2).tolist()
        [0.82]
    """
    z = design(x)
    eta = z @ model.mean
    sd = np.sqrt(np.einsum("ij,jk,ik->i", z, model.covariance, z, optimize=True) + SEGMENT_SD**2)
    probability = _expected(eta, sd)
    low, high = around_probability(probability, np.hypot(sd, MISFIT_SD), level=LEVEL)
    return Forecasts(x=x, eta=eta, sd=sd, probability=probability, low=low, high=high)


def design(x: Floats) -> Floats:
    """Return the rows z = (1, m·x, x) whose product with θ is the log-odds.

    Args:
        x: features, shape (n, k).

    Returns:
        Shape (n, 2 + k).

    Raises:
        ValueError: the number of columns is not that of `TERMS`.

    References:
        docs/method/renewal-forecast.md.

    Examples:
        >>> design(features([Known(departed=True)])).shape
        (1, 24)
    """
    if x.ndim != 2 or x.shape[1] != len(TERMS):
        raise ValueError(f"Features need {len(TERMS)} columns.")
    return np.column_stack([np.ones(len(x)), x @ EFFECTS, x])


def _solved(free: Model, x: Floats, weights: Floats) -> float:
    """The intercept at which the weighted mean forecast is the base rate."""
    rate = free.base_rate.probability
    rest = from_features(x, free)

    def excess(intercept: float) -> float:
        return float(weights @ _expected(rest.eta + intercept, rest.sd)) - rate

    middle = float(logit(rate))
    return float(brentq(excess, middle - 40, middle + 40, xtol=1e-12))


def _expected(eta: Floats, sd: Floats) -> Floats:
    """Mean of σ over N(eta, sd²)."""
    return np.asarray(expit(eta[:, None] + np.sqrt(2) * sd[:, None] * _NODES) @ _MASS)
