"""The surprise ledger: of the losses that could have been avoided, how many had been called safe?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from arbiter.science.estimate import Estimate
from arbiter.science.surprise._shares import by_amount, by_count

SAFE_FROM = 0.7
"""From this chance on a contract is called safe, unless the company says otherwise."""
NO_LOSSES = "No avoidable losses in this period."


class Loss(StrEnum):
    """What a loss was to us."""

    SURPRISE = "surprise"
    FORESEEN = "foreseen"
    NOBODY_SAID = "nobody_said"
    UNAVOIDABLE = "unavoidable"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class SurpriseRate:
    """Surprises among the avoidable losses.

    Attributes:
        by_count: surprises ÷ avoidable losses, with Wilson's interval.
        by_amount: the same by what they paid, with the interval of as many alike; unknown without amounts.
        losses: how many losses there were of each kind; every loss stands in one of them.
    """

    by_count: Estimate
    by_amount: Estimate
    losses: dict[Loss, int]


def judged(
    avoidable: Iterable[bool | None],
    belief: ArrayLike,
    forecast: ArrayLike,
    *,
    safe_from: float = SAFE_FROM,
) -> tuple[Loss, ...]:
    """Return for each lost contract what it was to us: did we call it safe and lose it all the same?

    A loss is a surprise if it was avoidable and the last belief or the last forecast before notice lay
    at or above `safe_from`. It was foreseen if neither did and there was at least one; nobody had said
    anything if there was none. A loss nobody has judged is not assumed to have been unavoidable.

    Args:
        avoidable: of each loss, whether it could have been avoided; None while nobody has judged. Length n.
        belief: the team's last chance of renewal before notice, in [0, 1]; NaN where none. Shape (n,).
        forecast: the last forecast before notice, in [0, 1]; NaN where none. Shape (n,).
        safe_from: from which chance on a contract was called safe, in (0, 1].

    Raises:
        ValueError: columns of different length, a chance outside [0, 1], or safe_from outside (0, 1].

    References:
        The definition is our own; docs/method/surprise-rate.md gives the reasons.

    Examples:
        >>> nan = float("nan")
        >>> told = judged([True, True, True, False, None], [0.9, 0.4, nan, 0.9, 0.9], [0.6, 0.5, nan, nan, 0.8])
        >>> [str(loss) for loss in told]
        ['surprise', 'foreseen', 'nobody_said', 'unavoidable', 'not_judged']
    """
    if not 0 < safe_from <= 1:
        raise ValueError("A contract is called safe from a chance above 0 and up to 1 on.")
    could = list(avoidable)
    said = np.column_stack([_chances(belief, len(could)), _chances(forecast, len(could))])
    safe = np.any(said >= safe_from, axis=1).tolist()
    anything = np.any(~np.isnan(said), axis=1).tolist()
    return tuple(_judge(*one) for one in zip(could, safe, anything, strict=True))


def _chances(given: ArrayLike, n: int) -> np.ndarray:
    chances = np.asarray(given, dtype=float)
    if chances.shape != (n,):
        raise ValueError("A belief and a forecast, known or not, stand beside each loss.")
    if not np.all(np.isnan(chances) | ((chances >= 0) & (chances <= 1))):
        raise ValueError("A chance lies between 0 and 1.")
    return chances


def _judge(avoidable: bool | None, called_safe: bool, anything_said: bool) -> Loss:
    if avoidable is None:
        return Loss.NOT_JUDGED
    if not avoidable:
        return Loss.UNAVOIDABLE
    if not anything_said:
        return Loss.NOBODY_SAID
    return Loss.SURPRISE if called_safe else Loss.FORESEEN


def surprise_rate(
    losses: Sequence[Loss | str], amount: ArrayLike | None = None, *, level: float = 0.95
) -> SurpriseRate:
    """Return the surprise rate by count and by amount: of what we could have kept, what hit us unawares?

    surprises ÷ avoidable losses. Losses of which nobody had said anything are avoidable losses too, so
    that silence does not go unseen: they are counted beside, and the note says how many. Losses that are
    not judged yet are in neither number.

    Args:
        losses: the kind of each loss, as `judged` returns them. Length n >= 0.
        amount: yearly amount lost with each, at least 0, in one currency. Shape (n,). Without, only the
            count is told.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: a kind is another word, an amount is missing or below 0, or the level lies outside (0, 1).

    References:
        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
        Journal of the American Statistical Association, 22(158), 209-212.
        Kish, L. (1965). Survey Sampling. Wiley, section 11.7.

    Examples:
        >>> found = surprise_rate(["surprise", "surprise", "foreseen", "unavoidable"], [10, 20, 70, 50])
        >>> round(found.by_count.value, 2), round(found.by_amount.value, 2), found.losses[Loss.SURPRISE]
        (0.67, 0.3, 2)
    """
    kinds = [Loss(one) for one in losses]
    surprise = np.array([one is Loss.SURPRISE for one in kinds], dtype=bool)
    avoidable = np.array(
        [one not in (Loss.UNAVOIDABLE, Loss.NOT_JUDGED) for one in kinds], dtype=bool
    )
    return SurpriseRate(
        by_count(surprise, avoidable, level=level, nobody=NO_LOSSES, note=_silence(kinds)),
        by_amount(surprise, avoidable, amount, level=level, nobody=NO_LOSSES),
        {kind: kinds.count(kind) for kind in Loss},
    )


def _silence(kinds: Sequence[Loss]) -> str:
    silent, open_ = kinds.count(Loss.NOBODY_SAID), kinds.count(Loss.NOT_JUDGED)
    parts = [f"Of {silent} nobody had said anything."] if silent else []
    parts += [f"{open_} not judged yet."] if open_ else []
    return " ".join(parts)
