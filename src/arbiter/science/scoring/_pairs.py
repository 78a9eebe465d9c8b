"""Forecasts beside what happened: the two columns every score starts from."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def paired(probability: ArrayLike, happened: ArrayLike) -> tuple[Floats, Floats]:
    """Return both columns as numbers, or refuse them."""
    p, y = np.asarray(probability, dtype=float), np.asarray(happened, dtype=float)
    if p.ndim != 1 or p.shape != y.shape or not len(p):
        raise ValueError("Forecasts and outcomes must be two columns of one length, at least 1.")
    if not np.all((p >= 0) & (p <= 1)):
        raise ValueError("A probability lies between 0 and 1.")
    if not np.all((y == 0) | (y == 1)):
        raise ValueError("It happened (1) or it did not (0).")
    return p, y
