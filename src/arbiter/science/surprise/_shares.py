"""Shares of losses, by count and by what they paid."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate, proportion
from arbiter.science.retention import renewal_rate_by_amount

Flags = NDArray[np.bool_]


def column(values: ArrayLike, n: int, of: str) -> Flags:
    """Check a column of yes and no."""
    given = np.asarray(values)
    if given.shape != (n,) or not np.all((given == 0) | (given == 1)):
        raise ValueError(f"{of} is one column of yes (1) and no (0), as long as the others.")
    return given.astype(bool)


def by_count(part: Flags, base: Flags, *, level: float, nobody: str, note: str = "") -> Estimate:
    n = int(base.sum())
    if not n:
        return Estimate.too_few(0, nobody)
    return proportion(int((part & base).sum()), n, level=level, note=note)


def by_amount(
    part: Flags, base: Flags, amount: ArrayLike | None, *, level: float, nobody: str
) -> Estimate:
    """The same share in money. It is estimated as a renewal rate is: a part of an amount."""
    if amount is None:
        return Estimate.too_few(0, "No amounts were told.")
    paid = np.asarray(amount, dtype=float)
    if paid.shape != base.shape or not np.all(np.isfinite(paid) & (paid >= 0)):
        raise ValueError("An amount of at least 0 stands beside each contract.")
    if not paid[base].sum() > 0:
        return Estimate.too_few(0, nobody)
    return renewal_rate_by_amount(np.where(part, paid, 0.0)[base], paid[base], level=level)
