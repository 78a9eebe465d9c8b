"""What became of the money of those who were customers at the start? GRR, NRR and the way between."""

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate
from arbiter.science.retention._weighted import (
    NO_MONEY,
    amounts,
    kish_n,
    weighted_ratio,
    weighted_share,
)


@dataclass(frozen=True, slots=True)
class Movement:
    """The way from the starting money to what the same customers pay at the end.

    Amounts per year in one currency; churn, contraction and expansion are all at least 0. The counts say
    how many customers stand behind each.
    """

    start: float
    churn: float
    contraction: float
    expansion: float
    customers: int
    churned: int
    contracted: int
    expanded: int

    @property
    def end(self) -> float:
        """start - churn - contraction + expansion, exactly."""
        return self.start - self.churn - self.contraction + self.expansion


def gross_revenue_retention(start: ArrayLike, end: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Return the share of the starting money that was kept: how much leaked away?

    Σ min(end, start) / Σ start over the customers who paid at the start, capped per customer: growth of
    one never offsets the loss of another, so GRR is at most 1. With w each one's share of the money,

        n_eff = min((Σ start)² / Σ start², GRR (1 - GRR) / Σ w² (kept share - GRR)²),

    and the interval is Wilson's for GRR · n_eff of n_eff: thirty customers of very different size
    say as much as perhaps seven alike.

    Args:
        start: yearly amount of each customer at the start, 0 for whoever came later. Shape (n,).
        end: yearly amount of each at the end, 0 when lost; in the same currency. Shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: the shapes differ, or an amount is below 0 or not a number.

    References:
        Kish, L. (1965). Survey Sampling. Wiley, section 11.7.
        Korn, E. L. and Graubard, B. I. (1998). Confidence intervals for proportions with small
        expected number of positive counts estimated from survey data. Survey Methodology, 24(2), 193-201.

    Examples:
        100 grew to 150, 60 shrank to 40, 40 was lost and a newcomer brought 90.

        >>> grr = gross_revenue_retention([100, 60, 40, 0], [150, 40, 0, 90])
        >>> round(grr.value, 2), grr.n, round(grr.effective_n, 2)
        (0.7, 3, 2.63)
        >>> gross_revenue_retention([900, 50, 25, 25], [900, 50, 25, 0]).note
        'Your 4 customers behave like 1 of equal size.'
    """
    before, after = _cohort(start, end)
    if before.size == 0:
        return Estimate.too_few(0, NO_MONEY)
    return weighted_share(np.minimum(after, before), before, level=level, of="customers")


def net_revenue_retention(start: ArrayLike, end: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Return what the starting customers pay now for each unit they paid: do they grow or shrink?

    NRR = Σ end / Σ start over the customers who paid at the start; new customers never count. With
    r = end / start per customer, w its share of the money and n_eff = (Σ start)² / Σ start²,

        NRR ± t √max(s² / n_eff, Σ w² (r - NRR)²),   s² = max(Σ w (r - NRR)², variance of r),

    t having n_eff - 1 degrees of freedom; the lower end is cut at 0. Without an interval when one customer
    decides (n_eff below 2) or nobody changed.

    Args:
        start: yearly amount of each customer at the start, 0 for whoever came later. Shape (n,).
        end: yearly amount of each at the end, 0 when lost; in the same currency. Shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: the shapes differ, or an amount is below 0 or not a number.

    References:
        Kish, L. (1965). Survey Sampling. Wiley, section 11.7.
        Cochran, W. G. (1977). Sampling Techniques, 3rd ed. Wiley, chapter 6.

    Examples:
        >>> nrr = net_revenue_retention([100, 100, 60, 40, 0], [150, 100, 40, 0, 90])
        >>> round(nrr.value, 3), nrr.n, round(nrr.effective_n, 2)
        (0.967, 4, 3.57)
        >>> round(nrr.low, 2), round(nrr.high, 2)
        (0.0, 2.13)
    """
    before, after = _cohort(start, end)
    if before.size == 0:
        return Estimate.too_few(0, NO_MONEY)
    return weighted_ratio(after, before, level=level, of="customers")


def revenue_movement(start: ArrayLike, end: ArrayLike) -> Movement:
    """Return the way from the starting to the ending money: what was lost, and what grew?

    churn = Σ start of those who ended at 0; contraction = Σ (start - end) of those who shrank; expansion =
    Σ (end - start) of those who grew; end = start - churn - contraction + expansion. Hence GRR is
    (start - churn - contraction) / start and NRR is end / start.

    Args:
        start: yearly amount of each customer at the start, 0 for whoever came later. Shape (n,).
        end: yearly amount of each at the end, 0 when lost; in the same currency. Shape (n,).

    Raises:
        ValueError: the shapes differ, or an amount is below 0 or not a number.

    References:
        Gold, C. (2020). Fighting Churn with Data. Manning, chapter 2.

    Examples:
        >>> way = revenue_movement([100, 60, 40, 0], [150, 40, 0, 90])
        >>> way.start, way.churn, way.contraction, way.expansion, way.end
        (200.0, 40.0, 20.0, 50.0, 190.0)
    """
    before, after = _cohort(start, end)
    lost, grown = after == 0, after > before
    shrunk = ~lost & (after < before)
    return Movement(
        start=fsum(before),
        churn=fsum(before[lost]),
        contraction=fsum((before - after)[shrunk]),
        expansion=fsum((after - before)[grown]),
        customers=before.size,
        churned=int(lost.sum()),
        contracted=int(shrunk.sum()),
        expanded=int(grown.sum()),
    )


def effective_n(amount: ArrayLike) -> float:
    """Return how many customers of equal size these count for: on how many does the money really rest?

    n_eff = (Σm)² / Σm², from 1 (one pays all) to n (all pay alike).

    Args:
        amount: what each customer pays, at least 0, at least one above 0. Shape (n,).

    Raises:
        ValueError: an amount is below 0 or not a number, or nobody pays.

    References:
        Kish, L. (1965). Survey Sampling. Wiley, section 11.7.

    Examples:
        >>> effective_n([10, 10, 10]), round(effective_n([100, 10, 10]), 2)
        (3.0, 1.41)
    """
    m, _ = amounts(amount, amount)
    if not m.sum() > 0:
        raise ValueError("Somebody must pay for the money to rest on anybody.")
    return kish_n(m)


def _cohort(start: ArrayLike, end: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The amounts of those who paid at the start; whoever came later belongs to another cohort."""
    before, after = amounts(start, end)
    paid = before > 0
    return before[paid], after[paid]
