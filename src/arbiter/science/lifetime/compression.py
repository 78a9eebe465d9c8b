"""Many customers share the same history: count them instead of reading each again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arbiter.science.lifetime.histories import Histories

Days = NDArray[np.int64]
Floats = NDArray[np.float64]

FEW = 20_000
"""Below so many customers, finding the equal ones costs more than it saves."""
_DENSE = 1 << 23
_ROOMY = 8
"""Keys are counted in a table of at most 64 MB and eight places a customer; else they are sorted."""


@dataclass(frozen=True)
class Compressed:
    """All that the likelihood of BG/NBD needs of n customers."""

    count: int
    repeats: Floats
    """Counts of repeat orders that occur, x. Shape (u,)."""
    customers: Floats
    """How many customers have each of them. Shape (u,)."""
    of_age: Floats
    """Customers by age in days. Shape (d,)."""
    repeats_of_age: Floats
    """Their repeat orders by age in days. Shape (d,)."""
    row_repeats: Days
    """Of each different history with a repeat order: where its x stands in `repeats`. Shape (m,)."""
    row_last: Days
    row_age: Days
    row_weight: Floats
    """How many customers have it."""


def compress(histories: Histories, *, few: int = FEW) -> Compressed:
    """Return the different histories and how often each occurs: what does the likelihood need to read?

    The likelihood of BG/NBD is a sum of terms in x alone, in T alone, and, for x > 0, in (x, t_x, T). The
    first two need counts by x and by T; the last the distinct triples, found by counting the keys
    (x·D + t_x)·A + place of T with D days and A ages, in a table where it fits and by sorting where not.

    Args:
        histories: n customers, n >= 1, in whole days.
        few: with fewer customers than this, every one stays a row of its own.

    Raises:
        ValueError: there is no customer.

    References:
        docs/method/bg-nbd.md.

    Examples:
        >>> from arbiter.science.lifetime.histories import of_days
        >>> found = compress(of_days([1, 1, 0], [5, 5, 0], [9, 9, 9]), few=0)
        >>> found.row_weight.tolist(), found.of_age.tolist()[-1]
        ([2.0], 3.0)
    """
    if not len(histories):
        raise ValueError("There must be at least one customer.")
    x, age = histories.repeats, histories.age_days
    by_repeats = np.bincount(x)
    occurring = np.flatnonzero(by_repeats)
    chosen = np.flatnonzero(x)
    rows, weight = (x[chosen], histories.last_days[chosen], age[chosen]), np.ones(len(chosen))
    if len(x) >= few and len(chosen):
        rows, weight = _distinct(*rows)
    return Compressed(
        count=len(x),
        repeats=occurring.astype(float),
        customers=by_repeats[occurring].astype(float),
        of_age=np.bincount(age).astype(float),
        repeats_of_age=np.bincount(age, weights=x).astype(float),
        row_repeats=np.searchsorted(occurring, rows[0]),
        row_last=rows[1],
        row_age=rows[2],
        row_weight=weight,
    )


def _distinct(x: Days, last: Days, age: Days) -> tuple[tuple[Days, Days, Days], Floats]:
    """The different triples, and how often each occurs."""
    ages, place = places(age)
    days = int(last.max()) + 1
    key = (x * days + last) * len(ages) + place
    if int(key.max()) < min(_DENSE, _ROOMY * len(key)):
        table = np.bincount(key)
        found = np.flatnonzero(table)
        weight = table[found]
    else:
        found, weight = np.unique(key, return_counts=True)
    rest, place = np.divmod(found, len(ages))
    return (rest // days, rest % days, ages[place]), weight.astype(float)


def places(values: Days) -> tuple[Days, Days]:
    """Return the values that occur, in order, and of each one its place among them.

    Args:
        values: whole numbers, at least 0. Shape (n,).

    Raises:
        ValueError: a value is below 0.

    References:
        docs/method/bg-nbd.md.

    Examples:
        >>> occurring, place = places(np.array([7, 3, 7]))
        >>> occurring.tolist(), place.tolist()
        ([3, 7], [1, 0, 1])
    """
    if not len(values) or int(values.max()) >= min(_DENSE, _ROOMY * len(values)):
        occurring, place = np.unique(values, return_inverse=True)
        return occurring, place
    occurring = np.flatnonzero(np.bincount(values))
    place = np.zeros(int(occurring[-1]) + 1, dtype=np.int64)
    place[occurring] = np.arange(len(occurring))
    return occurring, place[values]
