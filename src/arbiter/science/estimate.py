"""One shape for every measured number: its value, how sure it is, and on how many it rests."""

from dataclasses import dataclass
from itertools import pairwise
from math import isnan
from typing import Self

from arbiter.science.interval import wilson

FEW = 20
"""Below this many in the base a percentage says more than is known: show counts."""

NOBODY = "Nobody to count yet."


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval and its base, or the honest absence of one.

    Attributes:
        value: the number, in the unit of the measure; None when there are too few to say.
        low: where the truth plausibly starts; None when that cannot be told.
        high: where it plausibly ends; None when that cannot be told.
        n: how many it rests on, at least 0.
        effective_n: how many alike the n count for when they weigh differently; None when each weighs one.
        note: what the reader must know to read it, or why there is no value.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    effective_n: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        parts = [part for part in (self.low, self.value, self.high) if part is not None]
        if self.n < 0 or any(map(isnan, parts)):
            raise ValueError("An estimate rests on numbers: use None where there is none.")
        if any(later < earlier - 1e-9 for earlier, later in pairwise(parts)):
            raise ValueError("An estimate lies between its low and its high end.")

    @classmethod
    def too_few(cls, n: int, note: str = NOBODY) -> Self:
        """There are n, and that is too few to say; the note says what is missing."""
        return cls(value=None, low=None, high=None, n=n, note=note)

    @property
    def is_known(self) -> bool:
        return self.value is not None

    @property
    def shows_counts(self) -> bool:
        """Whether the base is so small that counts are shown instead of a percentage."""
        return self.n < FEW


def proportion(successes: int, n: int, *, level: float = 0.95, note: str = "") -> Estimate:
    """Return the share of n with its Wilson interval: which part did it happen to?

    value = k / n; the ends are those of `arbiter.science.interval.wilson`. Without anybody in the base
    there is no value, rather than 0 %.

    Args:
        successes: how often it happened, k, in [0, n].
        n: how many were looked at, at least 0.
        level: the share of such intervals that hold the truth, in (0, 1).
        note: what the reader must know beside the number.

    Raises:
        ValueError: n is below 0, k lies outside [0, n], or the level outside (0, 1).

    References:
        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
        inference. Journal of the American Statistical Association, 22(158), 209-212.

    Examples:
        >>> lost = proportion(1, 20)
        >>> lost.value, round(lost.low, 3), round(lost.high, 3)
        (0.05, 0.009, 0.236)
        >>> proportion(0, 0).is_known
        False
    """
    if n == 0 and successes == 0:
        return Estimate.too_few(0, note or NOBODY)
    low, high = wilson(successes, n, level=level)
    return Estimate(value=successes / n, low=low, high=high, n=n, note=note)
