"""BG/NBD: how often do buyers order, and when do they stop, when nobody says goodbye?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln

from arbiter.science.lifetime.compression import FEW, Compressed, compress
from arbiter.science.lifetime.histories import DAYS_PER_WEEK, Histories
from arbiter.science.lifetime.posterior import LogNormal, Posterior, laplace, least
from arbiter.science.lifetime.refusal import NotEnoughOrders

Floats = NDArray[np.float64]

LEAST_REPEAT_BUYERS = 20
PRIOR = LogNormal.independent([-0.5, 1.5, 0.0, 2.0], [1.5, 2.0, 1.0, 1.5])
"""For ln r, ln α, ln a and ln b: so wide that a few hundred customers outweigh it."""


@dataclass(frozen=True)
class BgNbd:
    """How a company's buyers differ in ordering and in leaving."""

    r: float
    """Shape of the gamma distribution of order rates."""
    alpha_weeks: float
    """Rate of that distribution: the mean is r / α orders a week."""
    a: float
    b: float
    """Leaving after an order has a chance drawn from Beta(a, b)."""
    log_likelihood: float
    """Of time in weeks."""
    customers: int
    from_prior: bool
    """Whether the likelihood alone has no summit, so that the weak prior decided."""
    posterior: Posterior
    """Of (ln r, ln α, ln a, ln b)."""

    @property
    def parameters(self) -> Floats:
        return np.array([self.r, self.alpha_weeks, self.a, self.b])


CDNOW = BgNbd(
    r=0.243,
    alpha_weeks=4.414,
    a=0.793,
    b=2.426,
    log_likelihood=-9582.4,
    customers=2357,
    from_prior=False,
    posterior=Posterior(
        mode=np.log([0.243, 4.414, 0.793, 2.426]),
        covariance=np.array(
            [
                [0.0027, 0.0035, -0.0004, 0.0002],
                [0.0035, 0.0073, -0.0007, 0.0011],
                [-0.0004, -0.0007, 0.0527, 0.0615],
                [0.0002, 0.0011, 0.0615, 0.0815],
            ]
        ),
    ),
)
"""The published model of the customers of a record shop, for trying things out."""


def fit(histories: Histories, *, few: int = FEW) -> BgNbd:
    """Return the BG/NBD model under which the orders are most likely: how do these buyers behave?

    Each customer orders at a rate λ ~ Gamma(r, α) while active, and leaves after an order with a chance
    p ~ Beta(a, b). The log-likelihood of x repeat orders until t_x in T weeks is

        lnΓ(r+x) − lnΓ(r) + r ln α + lnΓ(a+b) + lnΓ(b+x) − lnΓ(b) − lnΓ(a+b+x) − (r+x) ln(α+T)
        + 1[x>0] ln(1 + e^d),   d = ln a − ln(b+x−1) + (r+x) ln((α+T)/(α+t_x)).

    It is climbed in logarithms of the parameters over the different histories; the posterior adds a weak
    log-normal prior; it serves the intervals, and gives the parameters where the likelihood has no summit.

    Args:
        histories: n customers in whole days. At least 20 of them ordered again.
        few: with fewer customers than this, equal histories are not looked for.

    Raises:
        NotEnoughOrders: fewer ordered again.

    References:
        Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the easy way: an
        alternative to the Pareto/NBD model. Marketing Science, 24(2), 275-284.

    Examples:
        Thirty customers ordered every second week; thirty stopped after a while.

        >>> from arbiter.science.lifetime.histories import of_days
        >>> still = [(10 + n % 5, 140 + n, 190) for n in range(30)]
        >>> gone = [(1 + n % 4, 20 + n, 190) for n in range(30)]
        >>> model = fit(of_days(*zip(*still, *gone)))
        >>> round(model.a / (model.a + model.b), 2)
        0.14
    """
    if histories.repeat_buyers < LEAST_REPEAT_BUYERS:
        raise NotEnoughOrders(
            f"Not enough orders to estimate: {histories.repeat_buyers} ordered again, "
            f"and {LEAST_REPEAT_BUYERS} are needed."
        )
    data = compress(histories, few=few)
    objective = _Likelihood(data)
    found = least(objective, _start(data))
    posterior = laplace(objective, PRIOR, found)
    r, alpha, a, b = np.exp(found.at if found.is_summit else posterior.mode).tolist()
    return BgNbd(
        r=r,
        alpha_weeks=alpha,
        a=a,
        b=b,
        log_likelihood=-found.value,
        customers=data.count,
        from_prior=not found.is_summit,
        posterior=posterior,
    )


def _start(data: Compressed) -> Floats:
    """r = 0.5 and the α that gives the observed rate; a third leave after an order."""
    weeks = float(data.of_age @ np.arange(len(data.of_age))) / DAYS_PER_WEEK
    orders = float(data.repeats @ data.customers)
    return np.clip(np.log([0.5, 0.5 * weeks / orders, 1.0, 2.0]), -6.0, 6.0)


class _Likelihood:
    """Minus the log-likelihood in (ln r, ln α, ln a, ln b), and its gradient."""

    def __init__(self, data: Compressed) -> None:
        self.data = data
        self.weeks = np.arange(len(data.of_age)) / DAYS_PER_WEEK
        self.x_of_row = data.repeats[data.row_repeats]
        self.orders_ago = data.repeats - 1.0

    def __call__(self, theta: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = parameters = np.exp(theta)
        since = np.log(alpha + self.weeks)
        counted, slopes = self._counts(r, alpha, a, b, since)
        left, left_slopes = self._leaving(r, alpha, a, b, since)
        return -(counted + left), -(slopes + left_slopes) * parameters

    def _counts(
        self, r: float, alpha: float, a: float, b: float, since: Floats
    ) -> tuple[float, Floats]:
        """The terms in x alone and in T alone."""
        data, x, n = self.data, self.data.repeats, self.data.customers
        exposed = r * data.of_age + data.repeats_of_age
        value = (
            n @ (gammaln(r + x) + gammaln(b + x) - gammaln(a + b + x))
            + data.count * (r * np.log(alpha) - gammaln(r) + gammaln(a + b) - gammaln(b))
            - exposed @ since
        )
        both = data.count * digamma(a + b) - n @ digamma(a + b + x)
        return float(value), np.array(
            [
                n @ digamma(r + x)
                + data.count * (np.log(alpha) - digamma(r))
                - data.of_age @ since,
                data.count * r / alpha - exposed @ (1 / (alpha + self.weeks)),
                both,
                both + n @ digamma(b + x) - data.count * digamma(b),
            ]
        )

    def _leaving(
        self, r: float, alpha: float, a: float, b: float, since: Floats
    ) -> tuple[float, Floats]:
        """The chance of having left already, for those who ordered again."""
        data = self.data
        inverse = 1 / (alpha + self.weeks)
        odds = np.log(a) - np.log(np.maximum(b + self.orders_ago, 1e-300))
        exponent = r + self.x_of_row
        gap = since[data.row_age] - since[data.row_last]
        d = exponent * gap
        d += odds[data.row_repeats]
        # ln(1 + e^d) and its slope without overflow; five times as quick as SciPy's log_expit and expit.
        small = np.exp(-np.abs(d))
        whole = 1.0 + small
        value = float(data.row_weight @ np.log(whole) + data.row_weight @ np.maximum(d, 0.0))
        gone = data.row_weight * np.where(d >= 0, 1.0, small) / whole
        by_repeats = np.bincount(data.row_repeats, weights=gone, minlength=len(odds))
        steeper = inverse[data.row_age] - inverse[data.row_last]
        ordered = self.data.repeats > 0
        return value, np.array(
            [
                gone @ gap,
                (gone * exponent) @ steeper,
                gone.sum() / a,
                -(by_repeats[ordered] @ (1 / (b + self.orders_ago[ordered]))),
            ]
        )
