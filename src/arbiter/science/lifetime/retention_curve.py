"""Which model of contracts to believe, and how much of each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.lifetime.contract import (
    ContractModel,
    LikelihoodRatio,
    fit_beta_discrete_weibull,
    fit_shifted_beta_geometric,
    likelihood_ratio,
    log_survival,
)
from arbiter.science.lifetime.tenures import Tenures

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RetentionCurve:
    """What a company's contracts tell of renewing, by one model or by two that share the belief."""

    models: tuple[ContractModel, ...]
    weights: tuple[float, ...]
    """How much each is believed; they add up to 1."""
    periods: int
    """Renewals observed. What lies beyond is the models' word alone."""
    lost: int
    decisions: int
    test: LikelihoodRatio | None
    """sBG within BdW; None where too few renewals were observed for a BdW."""

    def survival(self, t: ArrayLike) -> Floats:
        """The share left after t renewals, averaged over the models. The shape of t."""
        each = [
            np.exp(log_survival(t, alpha=one.alpha, beta=one.beta, c=one.c)) for one in self.models
        ]
        return np.asarray(np.tensordot(self.weights, each, axes=1))

    def renewal_rate(self, t: ArrayLike) -> Floats:
        """The share of those due that renews at the t-th renewal, t >= 1. The shape of t."""
        return np.asarray(self.survival(t) / self.survival(np.asarray(t) - 1))

    def draws(self, count: int, *, seed: int = 0) -> Floats:
        """Parameters (α, β, c) drawn from the models in the proportion of their weights. Shape (count, 3)."""
        shares = np.diff(np.rint(count * np.cumsum([0.0, *self.weights]))).astype(int)
        return np.vstack(
            [one.draws(n, seed=seed) for one, n in zip(self.models, shares, strict=True) if n]
        )


def retention_curve(tenures: Tenures) -> RetentionCurve:
    """Return how a company's contracts renew over time: is the share that renews constant, or does it rise?

    Two models are averaged by their AIC weights w ∝ e^(−AIC/2): sBG, and BdW with one parameter more. The
    likelihood-ratio test of the one within the other is told beside them, and decides nothing: choosing by
    it made the ranges too narrow. With fewer than three renewals observed only the sBG can be fitted.

    Args:
        tenures: at least 20 decided renewals, of which at least 5 were losses.

    Raises:
        NotEnoughChurn: there are fewer.

    References:
        Burnham, K. P. and Anderson, D. R. (2002). Model Selection and Multimodel Inference, 2nd ed.,
        chapter 2. Fader, P. S. et al. (2018). "How to project customer retention" revisited. Journal of
        Interactive Marketing, 43, 1-16.

    Examples:
        >>> from arbiter.science.lifetime.tenures import from_survivors
        >>> curve = retention_curve(from_survivors([1000, 631, 468, 382, 326]))
        >>> [(model.name, round(weight, 2)) for model, weight in zip(curve.models, curve.weights)]
        [('sBG', 0.7), ('BdW', 0.3)]
        >>> curve.survival([12]).round(2).item()
        0.16
    """
    narrow = fit_shifted_beta_geometric(tenures)
    if tenures.periods < 3:
        return _curve(tenures, (narrow,), (1.0,), None)
    wide = fit_beta_discrete_weibull(tenures)
    test = likelihood_ratio(narrow, wide)
    share = 1 / (1 + float(np.exp((wide.aic - narrow.aic) / 2)))
    return _curve(tenures, (narrow, wide), (1 - share, share), test)


def _curve(
    tenures: Tenures,
    models: tuple[ContractModel, ...],
    weights: tuple[float, ...],
    test: LikelihoodRatio | None,
) -> RetentionCurve:
    return RetentionCurve(
        models=models,
        weights=weights,
        periods=tenures.periods,
        lost=tenures.total_lost,
        decisions=tenures.decisions,
        test=test,
    )
