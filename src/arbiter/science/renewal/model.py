"""The forecast: an expert-prior Bayesian logistic, anchored on the vendor's own renewal rate."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit, roots_hermite

from arbiter.science.interval import around_probability
from arbiter.science.renewal.base_rate import BaseRate
from arbiter.science.renewal.cases import Cases, Floats, cases, of_features
from arbiter.science.renewal.challenger import Challenger
from arbiter.science.renewal.known import Known, features
from arbiter.science.renewal.layout import Layout, rows
from arbiter.science.renewal.learnt import Learnt
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

_NODES, _WEIGHTS = roots_hermite(15)
_MASS = _WEIGHTS / np.sqrt(np.pi)


@dataclass(frozen=True)
class Model:
    """What is believed of the effects: a normal distribution over intercept, κ and each term's deviation.

    The log-odds of a contract are zᵀθ with z = (1, m·x, x, …) and θ = (a, κ, δ, …). On day one the mean is
    (a, 0.55, 0, …) and the covariance diagonal; renewals that have happened move both, and add the columns
    of `layout`. From a hundred renewals on a challenger may have a say, and what did not hold is not kept:
    then the forecast's log-odds are level + kept ((1 − weight) own + weight other − level).
    """

    mean: Floats
    """Shape (p,), p = 2 + k on day one."""
    covariance: Floats
    """Shape (p, p)."""
    reference: Floats
    """The average contract, in features and then in the further columns of the layout: reasons are told as
    differences from it. Shape (p - 2,)."""
    base_rate: BaseRate
    method: str = METHOD
    layout: Layout = field(default_factory=Layout)
    misfit: float = MISFIT_SD
    """What no such model can know, as a standard deviation of log-odds."""
    challenger: Challenger | None = None
    weight: float = 0.0
    """How much say the challenger has, in [0, 1]."""
    kept: float = 1.0
    """How much of what both say beyond the base rate has held, in [0, 1]; the rest is the base rate."""
    level: float = 0.0
    """That base rate, in log-odds. Without effect where all is kept."""
    learnt: Learnt | None = None
    """What it learnt from; None on the first day."""

    @property
    def coefficients(self) -> Floats:
        """The shift in log-odds per unit of each feature, 90 days ahead: κ m + δ. Shape (k,)."""
        return np.asarray(self.mean[1] * EFFECTS + self.mean[2 : 2 + len(TERMS)])

    @property
    def is_alone(self) -> bool:
        """Nothing but the logistic has a say."""
        return self.challenger is None and self.kept == 1

    @property
    def average(self) -> Floats:
        """The row of the average contract. Shape (1, p)."""
        score = self.reference[None, : len(TERMS)] @ EFFECTS
        return np.column_stack([np.ones(1), score, self.reference[None, :]])

    @property
    def parts(self) -> tuple[str, ...]:
        """What reasons are told by, in order."""
        return self.layout.parts


@dataclass(frozen=True)
class Forecasts:
    """Forecasts of n contracts, as columns, in the order in which the contracts were given."""

    cases: Cases
    """What they were made from."""
    eta: Floats
    """Mean log-odds by the logistic. Shape (n,)."""
    sd: Floats
    """Standard deviation of those log-odds, without the misfit. Shape (n,)."""
    probability: Floats
    low: Floats
    """Lower end of the 90 % range of the true chance."""
    high: Floats

    def __len__(self) -> int:
        return len(self.eta)

    @property
    def x(self) -> Floats:
        """Features. Shape (n, k)."""
        return self.cases.x


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
    everybody = np.vstack([x, features([Known()])])
    weights = np.append(np.ones(len(x)), strangers)
    weights /= weights.sum()
    free = prior(base_rate=base_rate, intercept=0.0, reference=weights @ everybody)
    return replace(free, mean=np.array([_solved(free, everybody, weights), *free.mean[1:]]))


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
    return from_cases(cases(known), model)


def from_features(x: Floats, model: Model) -> Forecasts:
    """Return forecasts for contracts of which only the features are told, as `forecast` otherwise does.

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
    return from_cases(of_features(x), model)


def from_cases(seen: Cases, model: Model) -> Forecasts:
    """Return forecasts for contracts given as columns, as `forecast` does for what is known.

    Args:
        seen: what is known of each contract. Length n >= 0.
        model: what is believed of the effects.

    Raises:
        ChallengerMissing: the model has a challenger and LightGBM is not installed.

    References:
        As `forecast`.

    Examples:
        >>> model = day_one([], base_rate=BaseRate(renewed=170, due=200))
        >>> from_cases(cases([Known(segment="Small")]), model).probability.round(2).tolist()
        [0.85]
    """
    eta, sd = log_odds(rows(seen, model.layout), model)
    probability = mean_chance(eta, sd)
    if not model.is_alone:
        probability = expit(_stacked(logit(probability), seen, model))
    low, high = around_probability(probability, np.hypot(sd, model.misfit), level=LEVEL)
    return Forecasts(seen, eta, sd, probability, low, high)


def _stacked(own: Floats, seen: Cases, model: Model) -> Floats:
    """The logistic's log-odds with the challenger's say, as far as both are kept."""
    if model.challenger is not None:
        own = own + model.weight * (model.challenger.log_odds(seen, model.layout) - own)
    return model.level + model.kept * (own - model.level)


def log_odds(z: Floats, model: Model) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of the logistic's log-odds.

    A segment that was not learnt about may lie 0.35 from the rest, as on the first day.

    Args:
        z: rows of `rows`. Shape (n, p).
        model: what is believed of the effects.

    References:
        As `forecast`.

    Examples:
        >>> model = day_one([], base_rate=BaseRate(renewed=170, due=200))
        >>> eta, sd = log_odds(rows(cases([Known()]), model.layout), model)
        >>> eta.round(2).tolist(), sd.round(2).tolist()
        ([1.85], [0.58])
    """
    spread = np.einsum("ij,jk,ik->i", z, model.covariance, z, optimize=True)
    strange = 1 - z[:, model.layout.segment_columns].sum(axis=1)
    return z @ model.mean, np.sqrt(spread + strange * SEGMENT_SD**2)


def mean_chance(eta: Floats, sd: Floats) -> Floats:
    """Return the mean of σ over N(eta, sd²), by 15-node Gauss-Hermite quadrature.

    Args:
        eta: mean log-odds. Shape (n,).
        sd: their standard deviation. Shape (n,).

    References:
        Abramowitz, M. and Stegun, I. A. (1964). Handbook of Mathematical Functions, 25.4.46.

    Examples:
        The less is sure, the nearer to even odds.

        >>> mean_chance(np.array([2.0, 2.0]), np.array([0.0, 1.0])).round(3).tolist()
        [0.881, 0.845]
    """
    return np.asarray(expit(eta[:, None] + np.sqrt(2) * sd[:, None] * _NODES) @ _MASS)


def _solved(free: Model, x: Floats, weights: Floats) -> float:
    """The intercept at which the weighted mean forecast is the base rate."""
    from scipy.optimize import brentq  # takes longer to load than most commands take to run

    rate = free.base_rate.probability
    rest = from_features(x, free)

    def excess(intercept: float) -> float:
        return float(weights @ mean_chance(rest.eta + intercept, rest.sd)) - rate

    middle = float(logit(rate))
    return float(brentq(excess, middle - 40, middle + 40, xtol=1e-12))
