"""How many renewals contracts lived through: what the models of contracts are fitted to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Tenures:
    """Customers counted by renewals, over any number of cohorts. Index t stands for the t-th renewal."""

    lost: Counts
    """Lost at renewal t; none at 0. Shape (k + 1,)."""
    active: Counts
    """Still there after t renewals, the next one not decided yet. Shape (k + 1,)."""
    entered: Counts
    """First seen with t renewals behind them; those from the start at 0. Shape (k + 1,)."""

    def __post_init__(self) -> None:
        if not self.lost.shape == self.active.shape == self.entered.shape:
            raise ValueError("Lost, active and entered must be of one length.")
        if self.lost[0] or min(self.lost.min(), self.active.min(), self.entered.min()) < 0:
            raise ValueError("Counts are at least 0, and nobody is lost before the first renewal.")
        if not np.isclose(self.entered.sum(), self.lost.sum() + self.active.sum()):
            raise ValueError("Who entered is either lost or still there.")
        if np.any(self.due < self.lost):
            raise ValueError("Nobody can be lost at a renewal that was not due.")

    @property
    def due(self) -> Counts:
        """How many faced renewal t; 0 at 0. Shape (k + 1,)."""
        before = np.cumsum(self.entered - self.active - self.lost)
        return np.append(0.0, np.maximum(before[:-1], 0.0))

    @property
    def total_lost(self) -> int:
        return int(self.lost.sum())

    @property
    def decisions(self) -> int:
        """How many renewals were decided, over all customers."""
        return int(self.due.sum())

    @property
    def periods(self) -> int:
        """How many different renewals were observed: the basis of any shape over time."""
        return int(np.count_nonzero(self.due))


def from_survivors(*cohorts: Sequence[float]) -> Tenures:
    """Return the tenures of cohorts given as survivor counts: who was left after each renewal?

    Args:
        cohorts: for each cohort its size at the start and the survivors after renewal 1, 2, …; never
            rising. They may be of different lengths.

    Raises:
        ValueError: there is no cohort, one is empty, rises, or has a number below 0.

    References:
        Fader, P. S. and Hardie, B. G. S. (2007). Fitting the sBG model to multi-cohort data. Note 017.

    Examples:
        >>> both = from_survivors([100, 80, 70], [50, 45])
        >>> both.lost.tolist(), both.active.tolist()
        ([0.0, 25.0, 10.0], [0.0, 45.0, 70.0])
    """
    if not cohorts or min(map(len, cohorts)) < 1:
        raise ValueError("There must be at least one cohort, with its size at the start.")
    lost, active, entered = np.zeros((3, max(map(len, cohorts))))
    for survivors in cohorts:
        losses = -np.diff(np.asarray(survivors, dtype=float))
        if np.any(losses < 0) or survivors[-1] < 0:
            raise ValueError("Survivors can only become fewer, and not fewer than none.")
        lost[1 : len(survivors)] += losses
        active[len(survivors) - 1] += survivors[-1]
        entered[0] += survivors[0]
    return Tenures(lost=lost, active=active, entered=entered)


def from_contracts(
    renewals: ArrayLike, lost: ArrayLike, *, entered_after: ArrayLike = 0
) -> Tenures:
    """Return the tenures of single customers: how many renewals has each lived through, and is it lost?

    Args:
        renewals: how often the customer renewed, at least 0. Shape (n,).
        lost: whether it left at the renewal after those. Shape (n,).
        entered_after: how many of the renewals lay before the records begin: customers of whom one knows
            only because they had stayed until then. Shape (n,) or a scalar, at most `renewals`.

    Raises:
        ValueError: shapes differ, there is nobody, or a count is out of range.

    References:
        Klein, J. P. and Moeschberger, M. L. (2003). Survival Analysis, 2nd ed., section 3.4, on left
        truncation.

    Examples:
        >>> found = from_contracts([0, 2, 3], [True, False, True])
        >>> found.lost.tolist(), found.active.tolist(), found.due.tolist()
        ([0.0, 1.0, 0.0, 0.0, 1.0], [0.0, 0.0, 1.0, 0.0, 0.0], [0.0, 3.0, 2.0, 1.0, 1.0])
    """
    count, left = np.asarray(renewals, dtype=np.int64), np.asarray(lost, dtype=bool)
    if count.ndim != 1 or count.shape != left.shape or not len(count):
        raise ValueError("Renewals and losses must be of one length, and of somebody.")
    entry = np.broadcast_to(np.asarray(entered_after, dtype=np.int64), count.shape)
    if np.any(entry < 0) or np.any(entry > count):
        raise ValueError("Entries lie between 0 and the renewals.")
    size = int(count.max()) + 2
    return Tenures(
        lost=_counted(count[left] + 1, size),
        active=_counted(count[~left], size),
        entered=_counted(entry, size),
    )


def _counted(values: Whole, size: int) -> Counts:
    return np.bincount(values, minlength=size).astype(float)
