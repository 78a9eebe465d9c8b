"""Who was watched from when until when, and whether it happened at the end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Watched:
    """Spells of watching, sorted in two ways so that risk sets are looked up."""

    entries: Floats | None
    """When watching began, in order; None where all were watched from the start."""
    ends: Floats
    """When it ended, in order."""
    events: Floats
    """The ends at which it happened, in order."""

    def __len__(self) -> int:
        return len(self.ends)

    def at_risk(self, time: Floats) -> Counts:
        """How many were watched right before each time."""
        begun = (
            len(self.ends)
            if self.entries is None
            else np.searchsorted(self.entries, time, side="left")
        )
        return np.asarray(begun - np.searchsorted(self.ends, time, side="left"), dtype=np.int64)

    def happened_at(self, time: Floats) -> Counts:
        """How often it happened at each time."""
        up_to = np.searchsorted(self.events, time, side="right")
        return np.asarray(up_to - np.searchsorted(self.events, time, side="left"), dtype=np.int64)


def columns(
    durations: ArrayLike, observed: ArrayLike, entry: ArrayLike | None
) -> tuple[Floats, NDArray[np.bool_], Floats | None]:
    """Check the columns of times, outcomes and entries."""
    t, seen = np.asarray(durations, dtype=float), np.asarray(observed)
    start = None if entry is None else np.asarray(entry, dtype=float)
    if t.ndim != 1 or t.shape != seen.shape or (start is not None and start.shape != t.shape):
        raise ValueError("Times, outcomes and entries must be columns of one length.")
    if not len(t):
        raise ValueError("There must be somebody to watch.")
    if not (np.isfinite(t).all() and t.min() >= 0):
        raise ValueError("A time is a number of at least 0.")
    if not np.all((seen == 0) | (seen == 1)):
        raise ValueError("It was observed (1) or it was not (0).")
    if start is not None and not np.all((start >= 0) & (start < t)):
        raise ValueError("Watching begins at 0 or later, and before it ends.")
    return t, seen.astype(bool), start


def watched(t: Floats, seen: NDArray[np.bool_], start: Floats | None) -> Watched:
    return Watched(None if start is None else np.sort(start), np.sort(t), np.sort(t[seen]))
