"""Customers kept and lost, and contracts renewed, each over the base that could leave."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate, proportion
from arbiter.science.retention._weighted import amounts, weighted_share

NOBODY = "No customers at the start."
NOTHING_DUE = "No contract was due."
MONTHS_OF_YEAR = 12


def customer_retention(start: ArrayLike, lost: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Return the share of the starting customers that stayed: whom did we keep?

    (S - L) / S with S the customers at the start and L those *of S* lost in the period, and its Wilson
    interval. Whoever came later is in neither, also when lost: newcomers belong to their own cohort.

    Args:
        start: whether each was a customer at the start of the period. Booleans of shape (n,).
        lost: whether each was lost in the period. Booleans of shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: the shapes differ, or a value is neither true nor false.

    References:
        Gold, C. (2020). Fighting Churn with Data. Manning, chapter 2.

    Examples:
        Twenty at the start, one of them lost; a newcomer came and went and does not count.

        >>> kept = customer_retention([True] * 20 + [False], [True] + [False] * 19 + [True])
        >>> kept.value, round(kept.low, 3), round(kept.high, 3), kept.n
        (0.95, 0.764, 0.991, 20)
    """
    there, gone = _flags(start, lost)
    n = int(there.sum())
    return proportion(n - int((there & gone).sum()), n, level=level, note="" if n else NOBODY)


def logo_churn(start: ArrayLike, lost: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Return the share of the starting customers that were lost: how fast do customers leave?

    L / S, the counterpart of `customer_retention`, with its Wilson interval.

    Args:
        start: whether each was a customer at the start of the period. Booleans of shape (n,).
        lost: whether each was lost in the period, for whatever cause is asked for. Shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: the shapes differ, or a value is neither true nor false.

    References:
        Gold, C. (2020). Fighting Churn with Data. Manning, chapter 2.

    Examples:
        >>> churn = logo_churn([True] * 20, [True] + [False] * 19)
        >>> churn.value, round(churn.low, 3), round(churn.high, 3)
        (0.05, 0.009, 0.236)
    """
    there, gone = _flags(start, lost)
    n = int(there.sum())
    return proportion(int((there & gone).sum()), n, level=level, note="" if n else NOBODY)


def annual_from_monthly(monthly: float, *, months: float = 1) -> float:
    """Return the yearly churn behind a shorter period's: what does 3 % a month come to?

    1 - (1 - m)^(12 / months): those lost in January cannot be lost again in February.

    Args:
        monthly: the share lost in the period, in [0, 1].
        months: length of the period, above 0.

    Raises:
        ValueError: the share lies outside [0, 1], or the period has no length.

    References:
        Gold, C. (2020). Fighting Churn with Data. Manning, section 2.5.

    Examples:
        >>> round(annual_from_monthly(0.03), 3)
        0.306
    """
    if not 0 <= monthly <= 1:
        raise ValueError("A churn rate lies between 0 and 1.")
    if not months > 0:
        raise ValueError("A period has a length.")
    return float(1 - (1 - monthly) ** (MONTHS_OF_YEAR / months))


def annualised(churn: Estimate, *, months: float = 1) -> Estimate:
    """Return a shorter period's churn as a yearly one, ends included: how sure is the year?

    `annual_from_monthly` of the value and of both ends, as if every period were like this one.

    Args:
        churn: the share lost in the period, in [0, 1].
        months: length of the period, above 0.

    Raises:
        ValueError: the share lies outside [0, 1], or the period has no length.

    References:
        Gold, C. (2020). Fighting Churn with Data. Manning, section 2.5.

    Examples:
        >>> year = annualised(logo_churn([True] * 100, [True] * 3 + [False] * 97))
        >>> round(year.value, 3), round(year.low, 3), round(year.high, 3)
        (0.306, 0.116, 0.653)
    """

    def year(share: float | None) -> float | None:
        return None if share is None else annual_from_monthly(share, months=months)

    note = "As if every period were like this one." if churn.is_known else churn.note
    return Estimate(year(churn.value), year(churn.low), year(churn.high), churn.n, note=note)


def renewal_rate(
    renewed: ArrayLike,
    due: ArrayLike,
    *,
    customers: ArrayLike | None = None,
    level: float = 0.95,
) -> Estimate:
    """Return the share of the due contracts that were renewed: of those who could leave, who stayed?

    renewed ÷ due with its Wilson interval. A contract of several years is not due before its last, so
    it is not in it. Several contracts of one customer are not so many observations: with `customers`
    the interval is that of n_eff = (Σk)² / Σk², k being the due contracts of each.

    Args:
        renewed: whether each contract was renewed. Booleans of shape (n,).
        due: whether each fell due in the period and is decided. Booleans of shape (n,).
        customers: whose contract each is, any ids. Shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Returns:
        The rate; n counts contracts, or customers when these are told.

    Raises:
        ValueError: the shapes differ, or a value is neither true nor false.

    References:
        Kish, L. (1965). Survey Sampling. Wiley, section 11.7.

    Examples:
        >>> rate = renewal_rate([True, True, False, True], due=[True, True, True, False])
        >>> round(rate.value, 3), rate.n
        (0.667, 3)
    """
    done, asked = _flags(renewed, due)
    n = int(asked.sum())
    if customers is None or n == 0:
        note = "" if n else NOTHING_DUE
        return proportion(int((done & asked).sum()), n, level=level, note=note)
    return _by_customer(done[asked].astype(float), np.ones(n), _ids(customers, asked), level)


def renewal_rate_by_amount(
    renewed: ArrayLike,
    due: ArrayLike,
    *,
    customers: ArrayLike | None = None,
    level: float = 0.95,
) -> Estimate:
    """Return the share of the due money that was renewed: of the money that could leave, what stayed?

    Σ min(renewed, due) ÷ Σ due, so that an expansion never hides a loss, with the Wilson interval of
    n_eff = min((Σd)² / Σd², r (1 - r) / Σw²(rᵢ - r)²), w being each one's share of the due money.

    Args:
        renewed: yearly amount for which each contract was renewed, 0 when it was lost. Shape (n,).
        due: yearly amount of each that fell due and is decided, 0 when it was not due. In one currency.
        customers: whose contract each is, any ids; contracts of one customer count together. Shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Returns:
        The rate; n counts contracts, or customers when these are told.

    Raises:
        ValueError: the shapes differ, or an amount is below 0 or not a number.

    References:
        Kish, L. (1965). Survey Sampling. Wiley, section 11.7.
        Korn, E. L. and Graubard, B. I. (1998). Confidence intervals for proportions with small
        expected number of positive counts estimated from survey data. Survey Methodology, 24(2), 193-201.

    Examples:
        >>> rate = renewal_rate_by_amount([100, 80, 0, 150], due=[100, 100, 50, 100])
        >>> round(rate.value, 3), round(rate.effective_n, 1)
        (0.8, 3.8)
    """
    kept, asked = amounts(renewed, due)
    at_stake = asked > 0
    if not at_stake.any():
        return Estimate.too_few(0, NOTHING_DUE)
    kept, asked = np.minimum(kept, asked)[at_stake], asked[at_stake]
    whose = np.arange(asked.size) if customers is None else _ids(customers, at_stake)
    return _by_customer(kept, asked, whose, level)


def _by_customer(
    kept: NDArray[np.float64], due: NDArray[np.float64], whose: NDArray[np.int64], level: float
) -> Estimate:
    of_each = np.bincount(whose, due).astype(float)
    return weighted_share(
        np.bincount(whose, kept).astype(float), of_each, level=level, of="customers"
    )


def _ids(customers: ArrayLike, taken: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Numbers from 0 for the customers of the contracts taken."""
    ids = np.asarray(customers)
    if ids.shape != taken.shape:
        raise ValueError("Whose contract it is must be told for each.")
    return np.unique(ids[taken], return_inverse=True)[1].astype(np.int64)


def _flags(first: ArrayLike, second: ArrayLike) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    one, two = np.asarray(first), np.asarray(second)
    if one.shape != two.shape or one.ndim != 1:
        raise ValueError("Both must be told for each, in the same order.")
    if not (np.isin(one, (0, 1)).all() and np.isin(two, (0, 1)).all()):
        raise ValueError("Each is either true or false.")
    return one.astype(bool), two.astype(bool)
