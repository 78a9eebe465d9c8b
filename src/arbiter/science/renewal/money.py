"""How much money will renew: a range over many contracts that share what we may be wrong about."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from arbiter.science.renewal.layout import rows
from arbiter.science.renewal.model import Forecasts, Model, mean_chance
from arbiter.science.renewal.terms import SEGMENT_SD

DRAWS = 2_000
AT_ONCE = 2_500_000
"""So many draws × contracts are held in memory together: 20 MB."""
STEPS = 12
"""Enough for a centre to twelve digits: each step leaves a tenth of the error."""


@dataclass(frozen=True, slots=True)
class Money:
    """Money renewed, in the unit that was given."""

    expected: float
    low: float
    """5 % of the simulated futures renew less."""
    median: float
    high: float
    """5 % of the simulated futures renew more."""


def portfolio(
    forecasts: Forecasts,
    model: Model,
    arr: ArrayLike,
    *,
    segments: Sequence[str],
    draws: int = DRAWS,
    seed: int = 0,
) -> Money:
    """Return how much of the money will renew, with a 90 % range, by simulation.

    Each draw takes one set of beliefs θ ~ N(θ̂, Σ) and one intercept per segment for all contracts, then
    lets each renew with probability σ(zᵀθ). Contracts so go right or wrong together; adding up
    independent ones would make the range far too narrow.

    Args:
        forecasts: n forecasts made with the model.
        model: what is believed of the effects.
        arr: the amount that comes due, per contract, at least 0. Shape (n,).
        segments: the segment of each contract. Length n.
        draws: how many futures are simulated, at least 1.
        seed: the same seed gives the same figures.

    Returns:
        Expected amount, and the 5, 50 and 95 % quantiles of the simulated amounts.

    Raises:
        ValueError: lengths differ, an amount is below 0, or there are no draws.

    References:
        Gelman, A. et al. (2013). Bayesian Data Analysis, 3rd ed., section 7.1 (posterior prediction).

    Examples:
        >>> from arbiter.science.renewal import BaseRate, Known, day_one, forecast
        >>> contracts = [Known()] * 100
        >>> model = day_one(contracts, base_rate=BaseRate(renewed=170, due=200))
        >>> money = portfolio(forecast(contracts, model), model, [1_000] * 100, segments=[""] * 100)
        >>> round(money.expected), money.low < 85_000 < money.high
        (84970, True)
    """
    amounts = np.asarray(arr, dtype=float)
    if amounts.shape != (len(forecasts),) or len(segments) != len(forecasts):
        raise ValueError("Every forecast needs one amount and one segment.")
    if not np.all(amounts >= 0) or draws < 1:
        raise ValueError("Amounts are at least 0, and there is at least one draw.")
    totals = _futures(forecasts, model, amounts, segments, draws, np.random.default_rng(seed))
    low, median, high = np.quantile(totals, [0.05, 0.5, 0.95]).tolist()
    return Money(float(amounts @ forecasts.probability), low, median, high)


def _futures(
    forecasts: Forecasts,
    model: Model,
    amounts: NDArray[np.float64],
    segments: Sequence[str],
    draws: int,
    chance: np.random.Generator,
) -> NDArray[np.float64]:
    """The amount renewed in each simulated future. Shape (draws,)."""
    z = rows(forecasts.cases, model.layout)
    offset = _centres(forecasts, model) - forecasts.eta
    names, place = np.unique(np.asarray(segments, dtype=np.str_), return_inverse=True)
    spread = np.where(np.isin(names, model.layout.segments), 0.0, SEGMENT_SD)
    root = np.linalg.cholesky(model.covariance)
    totals = []
    step = max(1, AT_ONCE // max(1, len(z)))
    for start in range(0, draws, step):
        count = min(step, draws - start)
        beliefs = model.mean + chance.standard_normal((count, len(model.mean))) @ root.T
        shifts = spread * chance.standard_normal((count, len(names)))
        renewing = expit(beliefs @ z.T + shifts[:, place] + offset)
        totals.append((chance.random(renewing.shape) < renewing) @ amounts)
    return np.concatenate(totals)


def _centres(forecasts: Forecasts, model: Model) -> NDArray[np.float64]:
    """Log-odds around which beliefs are drawn, so that their mean chance is the forecast. Shape (n,).

    By the logistic alone they are its own; otherwise they are moved until they fit.
    """
    if model.is_alone:
        return forecasts.eta
    centre = logit(forecasts.probability)
    for _ in range(STEPS):
        mean = mean_chance(centre, forecasts.sd)
        centre = centre + logit(forecasts.probability) - logit(mean)
    return centre
