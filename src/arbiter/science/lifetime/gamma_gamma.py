"""Gamma-Gamma: how much does an order of this buyer bring, when few of its orders are known?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import digamma, gammaln

from arbiter.science.lifetime.posterior import LogNormal, Posterior, laplace, least
from arbiter.science.lifetime.refusal import NotEnoughOrders

Floats = NDArray[np.float64]

LEAST_REPEAT_BUYERS = 20
PRIOR = LogNormal.independent([1.0, 0.7, 0.5], [1.5, 1.5, 1.5])
"""For ln p, ln(q − 1) and ln v, with money measured in the mean amount."""


@dataclass(frozen=True)
class GammaGamma:
    """How a company's buyers differ in what an order of theirs is worth."""

    p: float
    """Shape of the amounts of one customer."""
    q: float
    """Shape of how customers differ; above 1, so that there is a mean."""
    v: float
    """Scale of how customers differ, in money."""
    log_likelihood: float
    customers: int
    """With a repeat order."""
    from_prior: bool
    """Whether the likelihood alone has no summit, so that the weak prior decided."""
    correlation: float
    """Between the number of orders and their mean amount. The model takes it for 0; beyond ±0.3, doubt it."""
    posterior: Posterior
    """Of (ln p, ln(q − 1), ln v)."""

    @property
    def parameters(self) -> Floats:
        return np.array([self.p, self.q, self.v])

    def draws(self, count: int, *, seed: int = 0) -> Floats:
        """Parameters (p, q, v) drawn from the posterior. Shape (count, 3)."""
        return np.asarray(self.posterior.draws(count, seed=seed) + np.array([0.0, 1.0, 0.0]))


def fit(repeats: ArrayLike, mean_amounts: ArrayLike) -> GammaGamma:
    """Return the Gamma-Gamma model under which the amounts are most likely: how does spending differ?

    One customer's amounts are Gamma(p, ν) around its own mean, with ν ~ Gamma(q, v) over customers. The
    log-likelihood of the mean z̄ of x repeat orders is

        lnΓ(px+q) − lnΓ(px) − lnΓ(q) + q ln v + (px−1) ln z̄ + px ln x − (px+q) ln(x z̄ + v).

    Args:
        repeats: repeat orders x, at least 0; those without any are left out. Shape (n,).
        mean_amounts: mean amount of the repeat orders, z̄, above 0 where x is, one currency. Shape (n,).

    Raises:
        ValueError: lengths differ, or a mean amount of repeat orders is not above 0.
        NotEnoughOrders: fewer than 20 ordered again.

    References:
        Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). RFM and CLV: using iso-value curves for
        customer base analysis. Journal of Marketing Research, 42(4), 415-430.

    Examples:
        >>> amounts = [20 + 10 * (n % 7) + n / 10 for n in range(40)]
        >>> model = fit([1 + n % 3 for n in range(40)], amounts)
        >>> round(model.p * model.v / (model.q - 1))
        51
    """
    x, mean = np.asarray(repeats, dtype=float), np.asarray(mean_amounts, dtype=float)
    if x.ndim != 1 or x.shape != mean.shape:
        raise ValueError("Repeats and mean amounts must be of one length.")
    x, mean = x[x > 0], mean[x > 0]
    if len(x) < LEAST_REPEAT_BUYERS:
        raise NotEnoughOrders(
            f"Not enough orders to estimate what they bring: {len(x)} ordered again, "
            f"and {LEAST_REPEAT_BUYERS} are needed."
        )
    if not np.all(mean > 0):
        raise ValueError("The mean amount of repeat orders must lie above 0.")
    scale = float(np.mean(mean))
    objective = _Likelihood(x, mean / scale)
    found = least(objective, np.log([2.0, 2.0, 1.0]))
    posterior = laplace(objective, PRIOR, found)
    p, over_one, v = np.exp(found.at if found.is_summit else posterior.mode).tolist()
    return GammaGamma(
        p=p,
        q=1 + over_one,
        v=v * scale,
        log_likelihood=-found.value - len(x) * float(np.log(scale)),
        customers=len(x),
        from_prior=not found.is_summit,
        correlation=_correlation(x, mean),
        posterior=Posterior(
            mode=posterior.mode + np.array([0.0, 0.0, np.log(scale)]),
            covariance=posterior.covariance,
        ),
    )


def expected_amount(model: GammaGamma, repeats: ArrayLike, mean_amounts: ArrayLike) -> Floats:
    """Return what an order of each customer is expected to bring, between its own mean and everybody's.

    E[M] = p (v + x z̄) / (p x + q − 1): for x = 0 the mean over customers, for many orders the own mean.

    Args:
        model: how spending differs.
        repeats: repeat orders x, at least 0. Shape (n,).
        mean_amounts: their mean amount, at least 0; not read where x is 0. Shape (n,).

    Returns:
        Money per order. Shape (n,).

    References:
        As `fit`.

    Examples:
        >>> amounts = [20 + 10 * (n % 7) + n / 10 for n in range(40)]
        >>> model = fit([1 + n % 3 for n in range(40)], amounts)
        >>> expected_amount(model, [0, 1, 50], [0, 100, 100]).round().tolist()
        [51.0, 61.0, 96.0]
    """
    return amount(model.parameters, np.asarray(repeats, float), np.asarray(mean_amounts, float))


def amount(parameters: Floats, x: Floats, mean: Floats) -> Floats:
    """Return the expected amount for given parameters, as `expected_amount` does for a model.

    Args:
        parameters: p, q and v. Shape (3,).
        x: repeat orders. Shape (n,).
        mean: their mean amount. Shape (n,).

    References:
        As `fit`.

    Examples:
        >>> amount(np.array([6.25, 3.74, 15.44]), np.zeros(1), np.zeros(1)).round(1).item()
        35.2
    """
    p, q, v = parameters
    return np.asarray(p * (v + x * mean) / (p * x + (q - 1)))


def _correlation(x: Floats, mean: Floats) -> float:
    spread = float(np.std(x) * np.std(mean))
    return float(np.mean((x - x.mean()) * (mean - mean.mean()))) / spread if spread else 0.0


class _Likelihood:
    """Minus the log-likelihood in (ln p, ln(q − 1), ln v), and its gradient."""

    def __init__(self, x: Floats, mean: Floats) -> None:
        self.occurring, self.customers = np.unique(x, return_counts=True)
        self.place = np.searchsorted(self.occurring, x)
        self.x, self.spent, self.log_spent = x, x * mean, np.log(x * mean)
        self.sum_log_mean = float(np.log(mean).sum())

    def __call__(self, theta: Floats) -> tuple[float, Floats]:
        p, over_one, v = np.exp(theta)
        q = 1 + over_one
        n, x, px, each = len(self.x), self.x, p * self.occurring, self.customers
        fresh = np.log(self.spent + v)
        shape = p * x + q
        value = (
            each @ (gammaln(px + q) - gammaln(px))
            + n * (q * np.log(v) - gammaln(q))
            + p * (x @ self.log_spent)
            - self.sum_log_mean
            - shape @ fresh
        )
        both = digamma(px + q)
        slopes = np.array(
            [
                (each * self.occurring) @ (both - digamma(px)) + x @ (self.log_spent - fresh),
                each @ both + n * (np.log(v) - digamma(q)) - fresh.sum(),
                n * q / v - shape @ (1 / (self.spent + v)),
            ]
        )
        return -float(value), -slopes * np.array([p, over_one, v])
