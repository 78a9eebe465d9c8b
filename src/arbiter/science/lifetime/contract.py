"""Contracts: how many renewals does a customer live through, when each has its own chance to leave?"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, digamma, erfc

from arbiter.science.lifetime.posterior import FARTHEST, LogNormal, Posterior, laplace, least
from arbiter.science.lifetime.refusal import NotEnoughChurn
from arbiter.science.lifetime.tenures import Tenures

Floats = NDArray[np.float64]

LEAST_LOST = 5
LEAST_DECISIONS = 20
_FARTHEST_C = 2.0
_RATE_SD, _LIKENESS_SD, _BEND_SD = 1.0, 1.5, 0.7
_OWN, _SHARED = _LIKENESS_SD**2 + _RATE_SD**2 / 4, _LIKENESS_SD**2 - _RATE_SD**2 / 4
_COVARIANCE = np.array([[_OWN, _SHARED, 0.0], [_SHARED, _OWN, 0.0], [0.0, 0.0, _BEND_SD**2]])
PRIOR_WITH_BEND = LogNormal(mean=np.array([0.45, 1.95, 0.0]), covariance=_COVARIANCE)
"""For ln α, ln β and ln c.

The log-odds of the first renewal, ln β − ln α, are 1.5 ± 1 (82 %, mostly between 46 and 96 %); how much
alike customers are, (ln α + ln β)/2, is 1.2 ± 1.5; and ln c is 0 ± 0.7.
"""
PRIOR = LogNormal(mean=PRIOR_WITH_BEND.mean[:2], covariance=_COVARIANCE[:2, :2])


@dataclass(frozen=True)
class ContractModel:
    """How a company's contracts end: S(t) = B(α, β + t^c) / B(α, β) is left after t renewals."""

    name: str
    """sBG, or BdW where c is free."""
    alpha: float
    beta: float
    c: float
    log_likelihood: float
    free: int
    """How many parameters were fitted."""
    from_prior: bool
    """Whether the likelihood alone has no summit, so that the weak prior decided."""
    posterior: Posterior
    """Of (ln α, ln β) or (ln α, ln β, ln c)."""

    @property
    def aic(self) -> float:
        return 2 * self.free - 2 * self.log_likelihood

    def draws(self, count: int, *, seed: int = 0) -> Floats:
        """Parameters (α, β, c) drawn from the posterior. Shape (count, 3)."""
        drawn = self.posterior.draws(count, seed=seed)
        return drawn if drawn.shape[1] == 3 else np.column_stack([drawn, np.ones(count)])


class LikelihoodRatio(NamedTuple):
    """How much better the wider model fits, and how often mere chance does as well."""

    statistic: float
    p: float


def log_survival(t: ArrayLike, *, alpha: ArrayLike, beta: ArrayLike, c: ArrayLike = 1.0) -> Floats:
    """Return ln S(t), the logarithm of the share left after t renewals.

    S(t) = B(α, β + t^c) / B(α, β): chances to leave are Beta(α, β) over customers; for c > 1 each
    customer's own chance rises with time, for c = 1 it is constant (shifted-beta-geometric).

    Args:
        t: renewals, at least 0.
        alpha: above 0. Broadcast with `t`, as are the next two.
        beta: above 0.
        c: above 0.

    Raises:
        ValueError: t is below 0, or a parameter is not above 0.

    References:
        Fader, P. S. and Hardie, B. G. S. (2007). How to project customer retention. Journal of Interactive
        Marketing, 21(1), 76-90. Fader, P. S., Hardie, B. G. S., Liu, Y., Davin, J. and Steenburgh, T.
        (2018). "How to project customer retention" revisited: the role of duration dependence. Journal of
        Interactive Marketing, 43, 1-16.

    Examples:
        >>> np.exp(log_survival([1, 2], alpha=0.764, beta=1.296)).round(3).tolist()
        [0.629, 0.472]
    """
    time, shapes = np.asarray(t, dtype=float), [np.asarray(one, float) for one in (alpha, beta, c)]
    if np.any(time < 0) or any(np.any(one <= 0) for one in shapes):
        raise ValueError("Renewals are at least 0, and the parameters above 0.")
    a, b, bend = shapes
    return np.asarray(betaln(a, b + time**bend) - betaln(a, b))


def fit_shifted_beta_geometric(tenures: Tenures) -> ContractModel:
    """Return the sBG model under which the losses are most likely: how do contracts differ in leaving?

    ln L = Σ lost_t ln(S(t−1) − S(t)) + Σ active_t ln S(t) − Σ entered_t ln S(t), with c = 1.

    Args:
        tenures: at least 20 decided renewals, of which at least 5 were losses.

    Raises:
        NotEnoughChurn: there are fewer.

    References:
        As `log_survival`: Fader and Hardie (2007).

    Examples:
        >>> from arbiter.science.lifetime.tenures import from_survivors
        >>> model = fit_shifted_beta_geometric(from_survivors([1000, 869, 743, 653, 593]))
        >>> round(model.alpha, 2), round(model.beta, 2), round(model.log_likelihood, 2)
        (1.28, 7.79, -1225.13)
    """
    return _fitted(tenures, "sBG", PRIOR)


def fit_beta_discrete_weibull(tenures: Tenures) -> ContractModel:
    """Return the BdW model under which the losses are most likely: does time itself bind or loosen?

    The same likelihood with c free: above 1, each customer's own chance to leave rises with time.

    Args:
        tenures: as for the sBG model, with at least three different renewals observed.

    Raises:
        NotEnoughChurn: there are fewer, or fewer than three renewals: one cannot tell c from α and β.

    References:
        As `log_survival`: Fader et al. (2018).

    Examples:
        >>> from arbiter.science.lifetime.tenures import from_survivors
        >>> model = fit_beta_discrete_weibull(from_survivors([1000, 869, 743, 653, 593]))
        >>> round(model.c, 2), round(model.log_likelihood, 2)
        (1.58, -1222.75)
    """
    if tenures.periods < 3:
        raise NotEnoughChurn(
            f"Not enough churn to estimate how leaving changes with time: {tenures.periods} different "
            "renewals were observed, and 3 are needed."
        )
    return _fitted(tenures, "BdW", PRIOR_WITH_BEND)


def likelihood_ratio(narrow: ContractModel, wide: ContractModel) -> LikelihoodRatio:
    """Return whether the wider model fits better than chance alone would make it: is c other than 1?

    2 (ln L_wide − ln L_narrow), at least 0, against χ² with one degree of freedom.

    Args:
        narrow: the sBG model.
        wide: the BdW model of the same tenures, one parameter more.

    Raises:
        ValueError: the wide model does not have one parameter more.

    References:
        Wilks, S. S. (1938). The large-sample distribution of the likelihood ratio for testing composite
        hypotheses. Annals of Mathematical Statistics, 9(1), 60-62.

    Examples:
        >>> from arbiter.science.lifetime.tenures import from_survivors
        >>> high_end = from_survivors([1000, 869, 743, 653, 593])
        >>> pair = fit_shifted_beta_geometric(high_end), fit_beta_discrete_weibull(high_end)
        >>> round(likelihood_ratio(*pair).p, 3)
        0.029
    """
    if wide.free != narrow.free + 1:
        raise ValueError("The wide model must have one parameter more.")
    statistic = max(0.0, 2 * (wide.log_likelihood - narrow.log_likelihood))
    return LikelihoodRatio(statistic, float(erfc(np.sqrt(statistic / 2))))


def _fitted(tenures: Tenures, name: str, prior: LogNormal) -> ContractModel:
    _refuse_if_thin(tenures)
    objective = _Likelihood(tenures)
    region = np.array([FARTHEST, FARTHEST, _FARTHEST_C])[: len(prior.mean)]
    found = least(objective, prior.mean, farthest=region)
    posterior = laplace(objective, prior, found)
    best = np.exp(found.at if found.is_summit else posterior.mode)
    return ContractModel(
        name=name,
        alpha=float(best[0]),
        beta=float(best[1]),
        c=float(best[2]) if len(best) == 3 else 1.0,
        log_likelihood=-found.value,
        free=len(best),
        from_prior=not found.is_summit,
        posterior=posterior,
    )


def _refuse_if_thin(tenures: Tenures) -> None:
    if tenures.total_lost < LEAST_LOST or tenures.decisions < LEAST_DECISIONS:
        raise NotEnoughChurn(
            f"Not enough churn to estimate: it takes {LEAST_LOST} losses in {LEAST_DECISIONS} renewals; "
            f"so far there were {tenures.total_lost} in {tenures.decisions}."
        )


class _Likelihood:
    """Minus the log-likelihood in (ln α, ln β) or (ln α, ln β, ln c), and its gradient."""

    def __init__(self, tenures: Tenures) -> None:
        self.lost, self.open = tenures.lost[1:], tenures.active - tenures.entered
        self.t = np.arange(len(tenures.lost), dtype=float)

    def __call__(self, theta: Floats) -> tuple[float, Floats]:
        alpha, beta, c = np.exp(np.append(theta, 0.0)[:3])
        log_s, slopes = self._survival(alpha, beta, c)
        # ln(S(t−1) − S(t)) = ln S(t−1) + ln(1 − h), with 1 − h the share that renews.
        renewing = np.exp(np.diff(log_s))
        leaving = np.maximum(-np.expm1(np.diff(log_s)), 1e-300)
        log_lost = log_s[:-1] + np.log(leaving)
        lost_slopes = (slopes[:, :-1] - renewing * slopes[:, 1:]) / leaving
        value = self.lost @ log_lost + self.open @ log_s
        gradient = (lost_slopes @ self.lost + slopes @ self.open) * np.array([alpha, beta, c])
        return -float(value), -gradient[: len(theta)]

    def _survival(self, alpha: float, beta: float, c: float) -> tuple[Floats, Floats]:
        """ln S and its slopes in α, β and c. Shapes (k + 1,) and (3, k + 1)."""
        power = self.t**c
        own, both = digamma(beta + power), digamma(alpha + beta + power)
        in_alpha = digamma(alpha + beta) - both
        in_beta = own - both - digamma(beta) + digamma(alpha + beta)
        in_c = (own - both) * power * np.log(np.maximum(self.t, 1.0))
        log_s = np.asarray(betaln(alpha, beta + power) - betaln(alpha, beta), dtype=np.float64)
        return log_s, np.array([in_alpha, in_beta, in_c])
