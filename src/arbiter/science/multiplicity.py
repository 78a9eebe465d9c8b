"""Many tests at once: how many of the findings are luck?"""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def benjamini_hochberg(p: ArrayLike) -> NDArray[np.float64]:
    """Return adjusted p-values: calling those at most q a finding keeps the share of false ones below q.

    With the m p-values in ascending order, adjusted_(i) = min over j ≥ i of m · p_(j) / j, at most 1.
    All tests that were looked at belong in one call, those that found nothing too.

    Args:
        p: p-values, in [0, 1]. Shape (m,), m >= 0, in any order.

    Returns:
        The adjusted p-values in the order given, never below the given ones. Shape (m,).

    Raises:
        ValueError: a p-value lies outside [0, 1], or they are not one column.

    References:
        Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate: a practical and
        powerful approach to multiple testing. Journal of the Royal Statistical Society B, 57(1), 289-300.

    Examples:
        Four signals were tested. Two look good by themselves; at q = 0.10 two still do.

        >>> benjamini_hochberg([0.01, 0.04, 0.30, 0.80]).round(2).tolist()
        [0.04, 0.08, 0.4, 0.8]
    """
    given = np.asarray(p, dtype=float)
    if given.ndim != 1 or not np.all((given >= 0) & (given <= 1)):
        raise ValueError("P-values are one column of numbers between 0 and 1.")
    order = np.argsort(given)
    scaled = given[order] * len(given) / np.arange(1, len(given) + 1)
    adjusted = np.empty(len(given))
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1].clip(max=1.0)
    return adjusted
