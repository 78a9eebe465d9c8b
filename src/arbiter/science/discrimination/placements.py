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
    """Return the checked columns side by side: are these rows whose order can be looked at?

    Args:
        score: any unit, never NaN. Shape (n,).
        happened: 1 where the event came about, else 0; both occur. Shape (n,).
        clusters: the customer of each row; without, each row is its own. Shape (n,).

    Raises:
        ValueError: columns of different length, a score of NaN, an outcome that is neither 0 nor 1, or
            only one class.

    References:
        None: it checks what every function here is given.

    Examples:
        >>> rows = sample([3, 1, 2], [1, 0, 0], ["Harbour", "Harbour", "Mill"])
        >>> rows.positives, rows.negatives, rows.owner.tolist()
        (1, 2, [0, 0, 1])
    """
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
    """Return the labels as numbers from 0 without gaps: who is the same as whom?

    Args:
        labels: any values, equal where they mean the same; without, every row is its own. Shape (n,).
        n: how many rows there are.

    Raises:
        ValueError: there is not one label for each row.

    References:
        None: it counts labels.

    Examples:
        >>> codes(["Mill", "Harbour", "Mill"], 3).tolist(), codes(None, 2).tolist()
        ([1, 0, 1], [0, 1])
    """
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
    """Return where each row stands among the other class: above what share of it?

    Ties count half. One sort does it, O(n log n); the mean of either column is the AUC.

    Args:
        score: any unit, never NaN. Shape (n,).
        happened: where the event came about, with both classes in it. Shape (n,).

    Raises:
        Nothing: the columns were checked by `sample`.

    References:
        DeLong, E. R., DeLong, D. M. and Clarke-Pearson, D. L. (1988). Comparing the areas under two or
        more correlated receiver operating characteristic curves. Biometrics, 44(3), 837-845.

    Examples:
        >>> placed = placements(np.array([5.0, 2.0, 1.0, 2.0]), np.array([True, True, False, False]))
        >>> placed.positive.tolist(), placed.negative.tolist(), placed.area
        ([1.0, 0.75], [1.0, 0.75], 0.875)
    """
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
    """Return how uncertain the mean of placements is: DeLong's variance, summed by customer.

    With u_c and v_c the sums over customer c of its placements less their mean, of its rows where it
    happened and of the others, and with I the numbers of customers behind each sum,

        I₁/(I₁ − 1) Σ u²/m² + I₀/(I₀ − 1) Σ v²/n² + 2 I/(I − 1) Σ u v/(m n).

    With one row per customer the last term is 0, and what is left is DeLong's own.

    Args:
        placed: placements of the rows, or the difference of two signals' placements.
        rows: the same rows, with their outcomes and customers.

    Raises:
        Nothing: the columns were checked by `sample`.

    References:
        Obuchowski, N. A. (1997). Nonparametric analysis of clustered ROC curve data. Biometrics, 53(2).

    Examples:
        >>> rows = sample([5, 2, 1, 2], [1, 1, 0, 0], None)
        >>> round(spread(placements(rows.score, rows.happened), rows).variance, 5)
        0.03125
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
