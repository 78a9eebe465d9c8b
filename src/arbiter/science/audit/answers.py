"""What an answer meant: of those who said so, how many renewed?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from arbiter.science.estimate import Estimate, proportion


@dataclass(frozen=True, slots=True)
class AnswerRate:
    """Of the renewals with one answer, the share that renewed, with its interval.

    Attributes:
        answer: what was answered, or that nothing was.
        renewed: the share that renewed, n of them decided.
        lost: how many left.
    """

    answer: str
    renewed: Estimate
    lost: int


def answer_rates(
    answers: Sequence[str], lost: ArrayLike, *, order: Sequence[str]
) -> tuple[AnswerRate, ...]:
    """Return how often each answer was followed by a renewal: what is a "yes" worth here?

    renewed ÷ decided among those with the answer, with Wilson's interval.

    Args:
        answers: the answer known at the look, per decided renewal. Length n.
        lost: 1 where the customer left, else 0. Shape (n,).
        order: the answers to tell, in this order, those that nobody gave too.

    Raises:
        ValueError: the lengths differ, or an answer is not among those to tell.

    References:
        Wilson, E. B. (1927); see `arbiter.science.interval.wilson`.

    Examples:
        >>> told = answer_rates(["yes"] * 10 + ["no"] * 4, [0] * 9 + [1] + [1] * 3 + [0], order=["yes", "no"])
        >>> [(each.answer, each.renewed.value, each.lost) for each in told]
        [('yes', 0.9, 1), ('no', 0.25, 3)]
    """
    outcome = np.asarray(lost, dtype=float)
    if outcome.shape != (len(answers),):
        raise ValueError("Every answer needs one outcome.")
    if strange := set(answers) - set(order):
        raise ValueError(f"No such answer: {', '.join(sorted(strange))}.")
    given = np.asarray(answers, dtype=str)
    rates = []
    for answer in order:
        of_these = outcome[given == answer]
        left = int(of_these.sum())
        rates.append(AnswerRate(answer, proportion(len(of_these) - left, len(of_these)), left))
    return tuple(rates)
