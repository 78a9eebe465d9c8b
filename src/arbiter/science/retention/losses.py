"""Losses told apart: whose doing, by whose will, and could they have been kept?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate, proportion
from arbiter.science.retention._weighted import NO_MONEY, amounts, weighted_share

NO_LOSSES = "No losses in this period."
UNKNOWN = "unknown"
AVOIDABLE = {True: "avoidable", False: "unavoidable", None: UNKNOWN}


class Cause(StrEnum):
    """Why a customer was lost. Never guessed: what nobody found out is unknown."""

    OURS = "ours"
    EXTERNAL = "external"
    PAYMENT = "payment"
    UNKNOWN = UNKNOWN


WILL = {
    Cause.OURS: "voluntary",
    Cause.EXTERNAL: "voluntary",
    Cause.PAYMENT: "involuntary",
    Cause.UNKNOWN: UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Losses:
    """One part of the losses; `share` and `amount_share` are of all losses, the unknown included."""

    count: int
    amount: float
    share: Estimate
    amount_share: Estimate


@dataclass(frozen=True, slots=True)
class LossSplit:
    """All losses, split three ways; each way holds every loss once, the unknown as a part of its own.

    by_will: voluntary, involuntary (a payment that failed), unknown. by_cause: ours, external, payment,
    unknown. by_avoidability: avoidable, unavoidable, unknown.
    """

    count: int
    amount: float
    by_will: dict[str, Losses]
    by_cause: dict[str, Losses]
    by_avoidability: dict[str, Losses]


def split_losses(
    cause: Iterable[str],
    avoidable: Iterable[bool | None],
    amount: ArrayLike,
    *,
    level: float = 0.95,
) -> LossSplit:
    """Return the losses by will, by cause and by avoidability: which of them were ours to prevent?

    Each part's share is its losses ÷ all losses with a Wilson interval, by count and by amount (there
    with n_eff as for gross revenue retention). The unknown are never spread over the other parts.

    Args:
        cause: of each loss, ours, external, payment or unknown; empty is unknown. Length n.
        avoidable: of each loss, whether it could have been avoided; None when nobody knows. Length n.
        amount: yearly amount lost with each, at least 0, in one currency. Shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: the lengths differ, a cause is another word, or an amount is below 0.

    References:
        Braun, M. and Schweidel, D. A. (2011). Modeling customer lifetimes with multiple causes of churn.
        Marketing Science, 30(5), 881-902.

    Examples:
        Four left: two for a reason of ours, one after a failed payment, one for nobody knows what.

        >>> split = split_losses(
        ...     ["ours", "ours", "payment", ""], [True, None, True, None], [40, 20, 10, 30]
        ... )
        >>> {name: (part.count, part.amount) for name, part in split.by_will.items()}
        {'voluntary': (2, 60.0), 'involuntary': (1, 10.0), 'unknown': (1, 30.0)}
        >>> split.by_avoidability["avoidable"].share.value
        0.5
    """
    causes = [Cause(each or UNKNOWN) for each in cause]
    known = list(avoidable)
    money, _ = amounts(amount, amount)
    if not len(causes) == len(known) == money.size:
        raise ValueError("Cause, avoidability and amount must be told for each loss.")

    def parts(names: Sequence[str], told: Sequence[str]) -> dict[str, Losses]:
        member = np.asarray(told, dtype=str)
        return {name: _part(member == name, money, level) for name in names}

    return LossSplit(
        count=money.size,
        amount=float(money.sum()),
        by_will=parts(tuple(dict.fromkeys(WILL.values())), [WILL[each] for each in causes]),
        by_cause=parts([each.value for each in Cause], [each.value for each in causes]),
        by_avoidability=parts(tuple(AVOIDABLE.values()), [AVOIDABLE[each] for each in known]),
    )


def _part(inside: NDArray[np.bool_], money: NDArray[np.float64], level: float) -> Losses:
    count, n = int(inside.sum()), inside.size
    return Losses(
        count=count,
        amount=float(money[inside].sum()),
        share=proportion(count, n, level=level, note="" if n else NO_LOSSES),
        amount_share=_amount_share(inside, money, level),
    )


def _amount_share(inside: NDArray[np.bool_], money: NDArray[np.float64], level: float) -> Estimate:
    paid = money > 0
    if not paid.any():
        return Estimate.too_few(0, NO_MONEY if inside.size else NO_LOSSES)
    return weighted_share((inside * money)[paid], money[paid], level=level, of="losses")
