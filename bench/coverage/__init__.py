"""How often do the intervals hold the truth? One file per family, each a function from draws to rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from arbiter.science.estimate import Estimate

TOLERANCE = 3.0
"""Standard errors of the simulation by which a coverage may fall below its bar and still pass."""


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: how often ours held the truth, how often the textbook's did, and what is asked."""

    what: str
    n: int
    ours: float
    textbook: float
    draws: int
    least: float | None = None
    most: float = 1.0

    @property
    def is_ok(self) -> bool:
        """Whether ours is within what is asked, allowing for the noise of the simulation."""
        if self.least is None:
            return True
        return (
            self.least - self._noise(self.least) <= self.ours <= self.most + self._noise(self.most)
        )

    def _noise(self, share: float) -> float:
        return TOLERANCE * float(np.sqrt(share * (1 - share) / self.draws))


Family = Callable[[np.random.Generator, int], list[Row]]


def held(low: ArrayLike, truth: ArrayLike, high: ArrayLike) -> float:
    """The share of intervals that hold the truth, of those that were told at all."""
    low, high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    told = ~(np.isnan(low) | np.isnan(high))
    return float(((low <= truth) & (truth <= high))[told].mean())


def held_by(told: Sequence[Estimate], truth: ArrayLike) -> float:
    """The same of estimates."""
    low, high = np.array([(one.low, one.high) for one in told], dtype=float).T
    return held(low, truth, high)
