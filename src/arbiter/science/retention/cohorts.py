"""Cohorts: of those who began together, how many and how much are left at each age?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate, proportion
from arbiter.science.retention.revenue import net_revenue_retention

FEW_IN_COHORT = 5
"""Below this many at the start a cell is shown grey: one customer moves it by a fifth and more."""


@dataclass(frozen=True, slots=True)
class CohortRow:
    """The customers who began in one period; cell a is their state a periods later.

    A cell is None where the age has not been reached yet: nobody knows, so it stays empty.
    """

    start: int
    n: int
    logos: tuple[Estimate | None, ...]
    revenue: tuple[Estimate | None, ...]

    @property
    def is_few(self) -> bool:
        """Whether the cohort is too small to read anything into its cells."""
        return self.n < FEW_IN_COHORT


def cohort_table(
    start: ArrayLike,
    lost: ArrayLike,
    *,
    periods: int,
    revenue: ArrayLike | None = None,
    level: float = 0.95,
) -> tuple[CohortRow, ...]:
    """Return customers by start period and age: do later cohorts stay longer than earlier ones did?

    Cell (c, a) of the logos is the share of those who began in period c that was not lost by the end of
    period c + a, with its Wilson interval. Cell (c, a) of the revenue is what they pay at the end of
    c + a ÷ what they paid at the end of c: their net revenue retention, with its interval. Cells with
    c + a beyond the last whole period are None.

    Args:
        start: period in which each began, from 0 to periods - 1. Shape (n,).
        lost: period in which each was lost, at least its start; NaN while it is a customer. Shape (n,).
        periods: how many whole periods have been seen, at least 1.
        revenue: what each pays a year at the end of each period. Shape (n, periods); None for logos only.
        level: the share of such intervals that hold the truth, in (0, 1).

    Returns:
        One row per period in which anybody began, in order; each with as many cells as the longest age.

    Raises:
        ValueError: shapes differ, a period lies outside the range, or somebody was lost before the start.

    References:
        Fader, P. S. and Hardie, B. G. S. (2007). How to project customer retention. Journal of
        Interactive Marketing, 21(1), 76-90.

    Examples:
        Three began in period 0, one of them was lost in period 1; two began in period 1.

        >>> first, second = cohort_table([0, 0, 0, 1, 1], [1, np.nan, np.nan, np.nan, np.nan], periods=3)
        >>> [round(cell.value, 2) for cell in first.logos]
        [1.0, 0.67, 0.67]
        >>> [cell and cell.value for cell in second.logos], second.is_few
        ([1.0, 1.0, None], True)
    """
    began, gone = _periods(start, lost, periods)
    money = None if revenue is None else _money(revenue, (began.size, periods))
    width = periods - int(began.min(initial=periods))
    return tuple(
        CohortRow(
            start=cohort,
            n=int((began == cohort).sum()),
            logos=_logos(gone[began == cohort] - cohort, periods - cohort, width, level),
            revenue=_revenue(money, began == cohort, cohort, width, level),
        )
        for cohort in np.unique(began).tolist()
    )


def _logos(
    ages: NDArray[np.float64], seen: int, width: int, level: float
) -> tuple[Estimate | None, ...]:
    """The share not yet lost at each age; `ages` are those at which they were lost, NaN for never."""
    losses = np.bincount(ages[ages < seen].astype(np.int64), minlength=seen)
    kept = (ages.size - np.cumsum(losses)).tolist()
    cells = [proportion(left, ages.size, level=level) for left in kept]
    return (*cells, *(None,) * (width - seen))


def _revenue(
    money: NDArray[np.float64] | None,
    members: NDArray[np.bool_],
    cohort: int,
    width: int,
    level: float,
) -> tuple[Estimate | None, ...]:
    if money is None:
        return ()
    theirs = money[members, cohort:]
    cells = [net_revenue_retention(theirs[:, 0], now, level=level) for now in theirs.T]
    return (*cells, *(None,) * (width - len(cells)))


def _periods(
    start: ArrayLike, lost: ArrayLike, periods: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    began, gone = np.asarray(start, dtype=float), np.asarray(lost, dtype=float)
    if began.shape != gone.shape or began.ndim != 1:
        raise ValueError("Start and loss must be told for each customer.")
    if not (np.isin(began, np.arange(periods)).all() and (np.isnan(gone) | (gone % 1 == 0)).all()):
        raise ValueError("Periods are whole numbers, and starts lie within those seen.")
    if (gone < began).any():
        raise ValueError("Nobody is lost before the start.")
    return began.astype(np.int64), gone


def _money(revenue: ArrayLike, shape: tuple[int, int]) -> NDArray[np.float64]:
    money = np.asarray(revenue, dtype=float)
    if money.shape != shape:
        raise ValueError("Revenue must be told for each customer and period.")
    return money
