"""What contracts are still worth: the renewals to come, times what one leaves."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate
from arbiter.science.lifetime.contract import log_survival
from arbiter.science.lifetime.retention_curve import RetentionCurve
from arbiter.science.lifetime.value import LEVEL, Values, tails

Floats = NDArray[np.float64]

DRAWS = 1_000
_NEGLIGIBLE = 1e-10


def residual_renewals(
    payments: int,
    *,
    alpha: ArrayLike,
    beta: ArrayLike,
    c: ArrayLike = 1.0,
    discount: float,
    horizon_periods: int | None,
) -> Floats:
    """Return how many renewals are to come of a customer, in renewals of today (DERL).

    Σ_{k=n}^{n+h−1} S(k)/S(n−1) · (1+d)^{−(k−n)} for one who has made n payments and stands before the next
    renewal, which is not discounted. For n = 0 it is a customer to be: the first payment counts as 1.

    Args:
        payments: n, at least 0.
        alpha: of the retention curve, above 0. Shape (m,) or a scalar, as are the next two.
        beta: above 0.
        c: above 0.
        discount: d of one period, above −1, and above 0 without a horizon.
        horizon_periods: h, renewals looked ahead, at least 0; None for all that are to come.

    Returns:
        Renewals, at most h. Shape (m,).

    Raises:
        ValueError: an argument is out of range.

    References:
        Fader, P. S. and Hardie, B. G. S. (2010). Customer-base valuation in a contractual setting: the
        perils of ignoring heterogeneity. Marketing Science, 29(1), 85-93.

    Examples:
        Customers who differ: who has renewed four times is worth more than a new one.

        >>> each = [
        ...     residual_renewals(n, alpha=3.8, beta=15.2, discount=0.1, horizon_periods=None).round(2).item()
        ...     for n in (1, 5)
        ... ]
        >>> each
        [3.31, 3.84]
    """
    if payments < 0 or not discount > -1:
        raise ValueError("Payments are at least 0, and a discount lies above −100 %.")
    if horizon_periods is None and not discount > 0:
        raise ValueError("Without a horizon there must be a discount: else the value has no end.")
    if horizon_periods is not None and horizon_periods < 0:
        raise ValueError("A horizon is at least 0 periods.")
    ahead = _periods(discount) if horizon_periods is None else horizon_periods
    t = np.arange(payments, payments + ahead)
    shapes = [np.atleast_1d(np.asarray(one, dtype=float))[:, None] for one in (alpha, beta, c)]
    given = dict(zip(("alpha", "beta", "c"), shapes, strict=True))
    before = log_survival(np.array([max(payments - 1, 0)]), **given)
    left = np.exp(log_survival(t, **given) - before)
    return np.asarray(left @ (1 + discount) ** -(t - payments).astype(float))


def contract_values(
    curve: RetentionCurve,
    payments: ArrayLike,
    margins: ArrayLike,
    *,
    discount: float,
    horizon_periods: int,
    until_renewal: ArrayLike = 0.0,
    level: float = LEVEL,
    draws: int = DRAWS,
) -> Values:
    """Return what the renewals to come of each contract are worth: the residual value of customers.

    margin · Σ_{k=n}^{n+h−1} S(k)/S(n−1) · (1+d)^{−(k−n) − w}, averaged over draws of (α, β, c) from the Laplace
    posteriors of the curve's models. Low and high hold the given share of the draws. The payment already
    made is not in it.

    Args:
        curve: how the company's contracts renew.
        payments: how many each customer has made, n, at least 0. Whole numbers. Shape (n,).
        margins: what one payment leaves, in one currency, at least 0. Shape (n,) or a scalar.
        discount: d of one period, above −1.
        horizon_periods: h, renewals looked ahead, at least 0.
        until_renewal: w, share of a period until the next renewal, in [0, 1]. Shape (n,) or a scalar.
        level: share of the posterior between low and high, in (0, 1).
        draws: how many are taken, at least 100.

    Raises:
        ValueError: an argument is out of range.

    References:
        As `residual_renewals`.

    Examples:
        >>> from arbiter.science.lifetime.retention_curve import retention_curve
        >>> from arbiter.science.lifetime.tenures import from_survivors
        >>> curve = retention_curve(from_survivors([1000, 869, 743, 653, 593]))
        >>> found = contract_values(curve, [1, 4], 1_000.0, discount=0.1, horizon_periods=5)
        >>> bool(found.value[1] > found.value[0]), found.horizon
        (True, '5 renewals ahead, discounted by 10.0 % each')
    """
    made, each = np.asarray(payments, dtype=float), np.asarray(margins, dtype=float)
    waits = np.asarray(until_renewal, dtype=float)
    between = tails(level, draws)
    _check(made, each, waits)
    distinct, place = np.unique(made.astype(np.int64), return_inverse=True)
    alpha, beta, c = curve.draws(draws).T
    renewals = np.array(
        [
            residual_renewals(
                int(n),
                alpha=alpha,
                beta=beta,
                c=c,
                discount=discount,
                horizon_periods=horizon_periods,
            )
            for n in distinct
        ]
    ).reshape(len(distinct), draws)
    money = np.broadcast_to(each * (1 + discount) ** -waits, made.shape)
    low, high = np.quantile(renewals, between, axis=1)
    totals = np.bincount(place, weights=money, minlength=len(distinct)) @ renewals
    total_low, total_high = np.quantile(totals, between).tolist()
    words = f"{horizon_periods} renewals ahead, discounted by {discount:.1%} each"
    return Values(
        value=money * renewals.mean(axis=1)[place],
        low=money * low[place],
        high=money * high[place],
        total=Estimate(float(totals.mean()), total_low, total_high, n=len(made)),
        horizon=words.replace("%", " %"),
    )


def _check(made: NDArray[np.float64], margins: Floats, waits: Floats) -> None:
    if made.ndim != 1 or not len(made) or np.any(made < 0) or np.any(made != np.floor(made)):
        raise ValueError("Payments are whole numbers of at least 0, and of somebody.")
    if not np.all(margins >= 0) or not np.all((waits >= 0) & (waits <= 1)):
        raise ValueError("Margins are at least 0, and waits between 0 and 1 period.")


def _periods(discount: float) -> int:
    """After so many periods, all that could still come is worth next to nothing."""
    return int(np.ceil(-np.log(_NEGLIGIBLE * min(1.0, discount)) / np.log1p(discount)))
