"""Repeats: messages that the log holds already. The first to arrive stays.

Every flush looks through the whole log, group of rows by group of rows: ten million events take a tenth of a second,
and little memory beside the events themselves.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arbiter.usage.log.table import Log

# So many times more places than hashes: of those that are not searched for, one in so many is looked at twice.
ROOM = 32


def without(log: Log, events: pa.Table) -> pa.Table:
    """Return the events whose source and message id the log does not hold.

    One column of the log is read, the hash; only where a hash is found are the texts compared.
    """
    if not log.exists or not events.num_rows:
        return events
    search = _Search(events["message_hash"].to_numpy())
    held: set[tuple[int, str]] = set()
    for read in log.groups():
        found = search.found(read(["message_hash"]).column(0))
        if len(found):
            texts = read(["source", "message_id"]).take(pa.array(found))
            held.update(_pairs(texts))
    if not held:
        return events
    return events.filter(pa.array([pair not in held for pair in _pairs(events)], pa.bool_()))


class _Search:
    """Looks for some hashes among many: their last bits tell for most that they are none of them."""

    def __init__(self, hashes: NDArray[np.int64]) -> None:
        self._hashes = np.unique(hashes)
        places = 1 << (len(self._hashes) * ROOM - 1).bit_length()
        self._last = np.int64(places - 1)
        self._is_taken = np.zeros(places, dtype=bool)
        self._is_taken[self._hashes & self._last] = True

    def found(self, among: pa.ChunkedArray) -> NDArray[np.int64]:
        """Return at which places of a column one of the hashes stands."""
        hashes = among.to_numpy()
        maybe = np.flatnonzero(self._is_taken[hashes & self._last])
        suspects = hashes[maybe]
        nearest = np.searchsorted(self._hashes, suspects).clip(max=len(self._hashes) - 1)
        found: NDArray[np.int64] = maybe[self._hashes[nearest] == suspects]
        return found


def _pairs(events: pa.Table) -> Any:
    return zip(events["source"].to_pylist(), events["message_id"].to_pylist(), strict=True)
