"""Survival in renewals: how many of those who sign are there after one, two, three renewals?"""

import numpy as np
from numpy.typing import ArrayLike

from arbiter.science.survival.curve import Survival, kaplan_meier


def contract_survival(
    renewals: ArrayLike,
    lost: ArrayLike,
    *,
    already: ArrayLike | None = None,
    level: float = 0.95,
) -> Survival:
    """Return the share left after each renewal: how many renewals does a contract live through?

    The time is counted in decisions. Who was lost after k renewals fell at decision k + 1; who is still
    there has passed k and is censored. S(k) = Π_{j ≤ k} (1 − lost at j / due at j), with the ends of
    `kaplan_meier`. Each year's product of renewal rates is thereby taken over those who were due.

    Args:
        renewals: renewals each has lived through, whole and at least 0, those before we watched
            included. Shape (n,).
        lost: 1 where the next decision went against us, 0 where it has not been due. Shape (n,).
        already: renewals each had behind it when our records begin, at most `renewals`. Shape (n,).
            Without, all were watched from their first contract.
        level: the share of such intervals that hold the truth, in (0, 1).

    Returns:
        A curve over the number of renewals; `n` counts those of whom a decision was seen.

    Raises:
        ValueError: columns of different length, a number of renewals that is not whole or below 0, more
            already than in all, or nobody of whom any decision was seen.

    References:
        Fader, P. S. and Hardie, B. G. S. (2007). How to project customer retention. Journal of
        Interactive Marketing, 21(1), 76-90.
        Kalbfleisch, J. D. and Prentice, R. L. (2002). The Statistical Analysis of Failure Time Data,
        2nd ed., section 1.4. Wiley.

    Examples:
        Ten contracts: three fell at the first renewal, two at the second, five passed two.

        >>> curve = contract_survival([0, 0, 0, 1, 1, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
        >>> curve.at(1).value, curve.at(2).value
        (0.7, 0.5)
    """
    passed, fell = np.asarray(renewals, dtype=float), np.asarray(lost)
    before = np.zeros(passed.shape) if already is None else np.asarray(already, dtype=float)
    if not passed.shape == fell.shape == before.shape or passed.ndim != 1:
        raise ValueError("Renewals and losses must be columns of one length.")
    if not np.all((passed >= before) & (before >= 0)):
        raise ValueError("Nobody has more renewals behind them than in all, or fewer than none.")
    if np.any(passed % 1) or np.any(before % 1):
        raise ValueError("Renewals are counted in whole numbers.")
    decisions = passed + fell
    seen = decisions > before
    if not seen.any():
        raise ValueError("No decision of anybody has been seen yet.")
    return kaplan_meier(decisions[seen], fell[seen], entry=before[seen], level=level)
