"""CSAT, CES and every other rating: how good, on which scale, and which end of it is good?"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate, proportion
from arbiter.science.interval import t_quantile

NO_ANSWERS = "No answers yet."
ONE_ANSWER = "One answer has no spread: how sure it is cannot be told."
ALL_ALIKE = "All answers are alike: how sure the mean is cannot be told."


class MixedScales(ValueError):
    """Answers on different scales, or of different direction, have no common mean."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The whole numbers from `lowest` to `highest`, and whether the high end is the good one."""

    lowest: int
    highest: int
    high_is_good: bool = True

    def __post_init__(self) -> None:
        if self.highest - self.lowest < 2:
            raise ValueError("A scale needs at least three answers, else its top two say nothing.")

    @classmethod
    def parse(cls, text: str, *, high_is_good: bool = True) -> Self:
        """Read a scale as it is stored, `1-5`."""
        lowest, dash, highest = text.partition("-")
        if not (dash and lowest.strip().isdigit() and highest.strip().isdigit()):
            raise ValueError(f"A scale is written like 1-5, not {text!r}.")
        return cls(int(lowest), int(highest), high_is_good)

    def __str__(self) -> str:
        good = self.highest if self.high_is_good else self.lowest
        return f"{self.lowest}-{self.highest}, {good} is best"

    @property
    def best_two(self) -> tuple[int, int]:
        """The two answers at the good end."""
        if self.high_is_good:
            return self.highest - 1, self.highest
        return self.lowest, self.lowest + 1


CSAT = Scale(1, 5)
"""Customer satisfaction: 5 is very satisfied."""
CES = Scale(1, 7)
"""Customer effort: 7 is "it was easy". The older 1-5, where 5 is much effort, is `Scale(1, 5, False)`."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """What answers on one scale say: their mean and the share of the best two."""

    mean: Estimate
    top_two: Estimate
    scale: Scale
    n: int
    asked: int | None = None

    @property
    def response_rate(self) -> Estimate:
        """The share of those asked who answered: the rating speaks for nobody else."""
        if self.asked is None:
            return Estimate.too_few(self.n, "How many were asked is not known.")
        return proportion(self.n, self.asked)


def top_box(
    answers: ArrayLike, *, scale: Scale, asked: int | None = None, level: float = 0.95
) -> Ratings:
    """Return the mean and the top-two-box share of a rating: how satisfied, how easy?

    The mean has the interval x̄ ± t s / √n with n - 1 degrees of freedom, cut at the ends of the scale.
    The top two boxes are the two answers at the good end; their share has a Wilson interval.

    Args:
        answers: whole numbers within the scale, one per person who answered. Shape (n,), n may be 0.
        scale: the scale on which they were given, with its direction; stored with each answer.
        asked: how many were asked, at least n; None when it is not known.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: an answer lies outside the scale, or fewer were asked than have answered.

    References:
        Morgan, N. A. and Rego, L. L. (2006). The value of different customer satisfaction and loyalty
        metrics in predicting business performance. Marketing Science, 25(5), 426-439.
        Dixon, M., Freeman, K. and Toman, N. (2010). Stop trying to delight your customers. Harvard
        Business Review, 88(7/8), 116-122.

    Examples:
        Ten people rated their satisfaction from 1 to 5, and seven of them with 4 or 5.

        >>> told = top_box([5, 5, 5, 4, 4, 4, 4, 3, 3, 2], scale=CSAT, asked=25)
        >>> told.mean.value, round(told.mean.low, 2), round(told.mean.high, 2)
        (3.9, 3.19, 4.61)
        >>> told.top_two.value, round(told.top_two.low, 2), round(told.top_two.high, 2)
        (0.7, 0.4, 0.89)
    """
    given = _on(scale, answers)
    if asked is not None and asked < given.size:
        raise ValueError(
            "Nobody answers who was not asked: asked is at least the number of answers."
        )
    best = int(np.isin(given, scale.best_two).sum())
    return Ratings(
        mean=_mean(given, scale, level),
        top_two=proportion(best, given.size, level=level, note=str(scale)),
        scale=scale,
        n=given.size,
        asked=asked,
    )


def one_scale(scales: Iterable[Scale]) -> Scale:
    """Return the scale that all answers share: may they be counted together at all?

    There is no formula that would make a 4 of 5 and a 4 of 7 one number, so different scales, and the
    same numbers read in different directions, are refused.

    Args:
        scales: the scale stored with each answer, at least one.

    Raises:
        MixedScales: there are several.
        ValueError: there is none.

    References:
        Stevens, S. S. (1946). On the theory of scales of measurement. Science, 103(2684), 677-680.

    Examples:
        >>> str(one_scale([CSAT, CSAT]))
        '1-5, 5 is best'
    """
    found = set(scales)
    if not found:
        raise ValueError("There are no answers, hence no scale.")
    if len(found) > 1:
        named = "; ".join(sorted(map(str, found)))
        raise MixedScales(f"These answers were given on different scales: {named}.")
    return found.pop()


def _on(scale: Scale, answers: ArrayLike) -> NDArray[np.float64]:
    given = np.asarray(answers, dtype=float)
    if given.ndim != 1 or not np.isin(given, np.arange(scale.lowest, scale.highest + 1)).all():
        raise ValueError(f"An answer must be a whole number of its scale ({scale}).")
    return given


def _mean(given: NDArray[np.float64], scale: Scale, level: float) -> Estimate:
    n = given.size
    if n == 0:
        return Estimate.too_few(0, NO_ANSWERS)
    mean = float(given.mean())
    if n == 1 or np.ptp(given) == 0:
        return Estimate(mean, None, None, n, note=ONE_ANSWER if n == 1 else ALL_ALIKE)
    reach = t_quantile(level, n - 1) * float(given.std(ddof=1)) / sqrt(n)
    low, high = max(scale.lowest, mean - reach), min(scale.highest, mean + reach)
    return Estimate(mean, low, high, n, note=str(scale))
