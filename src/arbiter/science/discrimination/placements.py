"""What every measure of discrimination starts from: where each value stands among those of the other class."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sample:
    """Scores of n rows, which of them it happened to, and to whom each row belongs."""

    score: Floats
    """Shape (n,)."""
    happened: NDArray[np.bool_]
    """Shape (n,), with both classes in it."""
    owner: Codes
    """The customer of each row, as a number from 0. Shape (n,)."""

    @property
    def positives(self) -> int:
        return int(np.count_nonzero(self.happened))

    @property
    def negatives(self) -> int:
        return len(self.happened) - self.positives


@dataclass(frozen=True, slots=True)
class Placements:
    """Of each row the share of the other class that it stands above, ties counting half."""

    positive: Floats
    """Of the rows where it happened: the share of the others below. Shape (positives,)."""
    negative: Floats
    """Of the rows where it did not: the share of the others above. Shape (negatives,)."""

    @property
    def area(self) -> float:
        return float(self.positive.mean())

    def __sub__(self, other: "Placements") -> "Placements":
        return Placements(self.positive - other.positive, self.negative - other.negative)


@dataclass(frozen=True, slots=True)
class Spread:
    """How uncertain a mean of placements is."""

    variance: float
    """Variance of the area; 0 where the placements do not differ, or cannot be told."""
    freedom: float
    """Degrees of freedom, after Satterthwaite; 0 where there are none."""
    positive_owners: int
    """How many customers have a row where it happened."""
    negative_owners: int
    """How many have one where it did not."""


def sample(score: ArrayLike, happened: ArrayLike, clusters: ArrayLike | None) -> Sample:
    """Check the columns and put them side by side."""
    x, y = np.asarray(score, dtype=float), np.asarray(happened)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError("Score and outcome must be two columns of one length.")
    if not np.all((y == 0) | (y == 1)):
        raise ValueError("It happened (1) or it did not (0).")
    if np.isnan(x).any():
        raise ValueError("A score that is not known cannot be ranked: leave its row out.")
    found = Sample(x, y.astype(bool), codes(clusters, len(x)))
    if not found.positives or not found.negatives:
        raise ValueError("There must be rows where it happened and rows where it did not.")
    return found


def codes(labels: ArrayLike | None, n: int) -> Codes:
    """Number the labels from 0; without labels every row is its own."""
    if labels is None:
        return np.arange(n)
    given = np.asarray(labels)
    if given.shape != (n,):
        raise ValueError("Each row needs one label.")
    if given.dtype.kind in "iu" and n and given.min() >= 0 and given.max() < 8 * n + 64:
        # Whole numbers that are not far apart are renumbered without being sorted.
        return np.asarray((np.cumsum(np.bincount(given) > 0) - 1)[given])
    return np.unique(given, return_inverse=True)[1].astype(np.int64)


def placements(score: Floats, happened: NDArray[np.bool_]) -> Placements:
    """Place each row among the other class, in O(n log n)."""
    values, value_of = np.unique(score, return_inverse=True)
    with_it, without = value_of[happened], value_of[~happened]
    return Placements(
        positive=_share_below(without, len(values))[with_it],
        negative=1.0 - _share_below(with_it, len(values))[without],
    )


def _share_below(value_of: NDArray[np.intp], values: int) -> Floats:
    """Return for each value the share of these rows below it, ties counting half."""
    at = np.bincount(value_of, minlength=values)
    return np.asarray((np.cumsum(at) - at / 2) / len(value_of))


def spread(placed: Placements, rows: Sample) -> Spread:
    """Return DeLong's variance, summed by customer as Obuchowski does.

    With one row per customer the sums are the rows themselves and the last term is 0: DeLong's own.
    """
    owners = int(rows.owner.max()) + 1
    with_it, without = rows.owner[rows.happened], rows.owner[~rows.happened]
    up = np.bincount(with_it, placed.positive - placed.positive.mean(), owners)
    down = np.bincount(without, placed.negative - placed.negative.mean(), owners)
    up_owners, down_owners = _different(with_it), _different(without)
    if up_owners < 2 or down_owners < 2:
        return Spread(0.0, 0.0, up_owners, down_owners)
    m, n = rows.positives, rows.negatives
    of_up = up_owners / (up_owners - 1) * _dot(up, up) / m**2
    of_down = down_owners / (down_owners - 1) * _dot(down, down) / n**2
    shared = 2.0 * owners / (owners - 1) * _dot(up, down) / (m * n)
    return Spread(
        variance=_or_nothing(of_up + of_down + shared),
        freedom=_freedom(of_up, up_owners, of_down, down_owners),
        positive_owners=up_owners,
        negative_owners=down_owners,
    )


def _dot(one: NDArray[np.number], other: NDArray[np.number]) -> float:
    """Not `@`: on columns this long it would wake all of BLAS's threads, at ten times the cost."""
    return float(np.sum(one * other))


def _different(owner: Codes) -> int:
    return int(np.count_nonzero(np.bincount(owner)))


def _or_nothing(variance: float) -> float:
    """What is left of rounding where nothing varies is nothing."""
    return variance if variance > 1e-15 else 0.0


def _freedom(of_up: float, up_owners: int, of_down: float, down_owners: int) -> float:
    below = of_up**2 / (up_owners - 1) + of_down**2 / (down_owners - 1)
    return (of_up + of_down) ** 2 / below if below > 0 else 0.0
