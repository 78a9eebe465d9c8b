"""The Net Promoter Score: would they recommend us, and is the number more than noise?"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate, proportion
from arbiter.science.interval import normal_quantile

PROMOTER_FROM, DETRACTOR_TO, HIGHEST = 9, 6, 10
ADDED_TAIL, ADDED = 0.75, 3.0
"""Imagined answers: three quarters of a promoter and of a detractor, three in all (add-3)."""
ADDED_PAIRS = 2.0
"""Imagined pairs: one contact moved a step up, one a step down."""
NO_ANSWERS = "No answers yet."
UNASKED = "How many were asked is not known."


@dataclass(frozen=True, slots=True)
class Nps:
    """A Net Promoter Score in points, -100 to 100, with the answers behind it.

    `low` and `high` are the add-3 interval; `margin` is the plain ± of the textbook formula, which is too
    narrow below some 50 answers and stands here for comparison. `asked` is None when nobody knows.
    """

    score: float | None
    low: float | None
    high: float | None
    margin: float | None
    promoters: int
    passives: int
    detractors: int
    asked: int | None = None

    @property
    def n(self) -> int:
        """How many answered."""
        return self.promoters + self.passives + self.detractors

    @property
    def response_rate(self) -> Estimate:
        """The share of those asked who answered: the score speaks for nobody else."""
        if self.asked is None:
            return Estimate.too_few(self.n, UNASKED)
        return proportion(self.n, self.asked)

    @property
    def estimate(self) -> Estimate:
        """The score as any other measure; the note carries the response rate."""
        return Estimate(self.score, self.low, self.high, self.n, note=self._note())

    def _note(self) -> str:
        if self.asked is None:
            return UNASKED
        return f"{self.n} of {self.asked} asked have answered."


def nps(answers: ArrayLike, *, asked: int | None = None, level: float = 0.95) -> Nps:
    """Return the Net Promoter Score: how many more would recommend us than would warn of us?

    score = 100 (p - d) with p the share of 9-10 and d the share of 0-6. The interval imagines three
    more answers, P = (promoters + 0.75) / (n + 3) and D likewise:

        100 (P - D ± z √((P + D - (P - D)²) / (n + 3))),

    cut at ±100 and stretched to hold the score. The margin is 100 z √((p + d - (p - d)²) / n).

    Args:
        answers: whole numbers from 0 to 10, one per person who answered. Shape (n,), n may be 0.
        asked: how many were asked, at least n; None when it is not known.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: an answer is not one of 0 to 10, or fewer were asked than have answered.

    References:
        Reichheld, F. F. (2003). The one number you need to grow. Harvard Business Review, 81(12), 46-54.
        Rocks, B. (2016). Interval estimation for the "net promoter score". The American
        Statistician, 70(4), 365-372.

    Examples:
        Twelve promoters, six passives and two detractors: +50, and plausibly +15 to +72.

        >>> told = nps([10] * 12 + [8] * 6 + [3] * 2, asked=60)
        >>> told.score, round(told.margin), round(told.low), round(told.high)
        (50.0, 29, 15, 72)
        >>> round(told.response_rate.value, 2)
        0.33
    """
    steps = _steps(answers)
    counts = [int(np.count_nonzero(steps == step)) for step in (1, 0, -1)]
    return nps_of_counts(*counts, asked=asked, level=level)


def nps_of_counts(
    promoters: int,
    passives: int,
    detractors: int,
    *,
    asked: int | None = None,
    level: float = 0.95,
) -> Nps:
    """Return the Net Promoter Score of counted answers: what does a report's 12/6/2 say?

    The formulas are those of `nps`.

    Args:
        promoters: how many answered 9 or 10, at least 0.
        passives: how many answered 7 or 8, at least 0.
        detractors: how many answered 0 to 6, at least 0.
        asked: how many were asked, at least their sum; None when it is not known.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: a count is below 0, or fewer were asked than have answered.

    References:
        Rocks, B. (2016). Interval estimation for the "net promoter score". The American
        Statistician, 70(4), 365-372.

    Examples:
        >>> told = nps_of_counts(12, 6, 2)
        >>> told.score, round(told.margin)
        (50.0, 29)
    """
    n = promoters + passives + detractors
    if min(promoters, passives, detractors) < 0:
        raise ValueError("A count is at least 0.")
    if asked is not None and asked < n:
        raise ValueError(
            "Nobody answers who was not asked: asked is at least the number of answers."
        )
    if n == 0:
        return Nps(None, None, None, None, 0, 0, 0, asked)
    z = normal_quantile(level)
    score, variance = _net(promoters, detractors, n)
    middle, adjusted = _added(promoters, detractors, n)
    low, high = _ends(score, middle, z * sqrt(adjusted), most=100)
    return Nps(score, low, high, z * sqrt(variance), promoters, passives, detractors, asked)


def nps_change(before: ArrayLike, after: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Return how far the score moved between two groups of people: is the change more than noise?

    The difference of the two scores; its variance is the sum of the two add-3 variances, and its
    interval lies around the difference of the two add-3 scores, stretched to hold the difference.

    Args:
        before: whole numbers from 0 to 10, one per person. Shape (n,).
        after: the later ones, of other people or of an unknown mixture. Shape (m,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Returns:
        The change in points, after - before, within ±200. n is the smaller number of answers.

    Raises:
        ValueError: an answer is not one of 0 to 10.

    References:
        Rocks, B. (2016). Interval estimation for the "net promoter score". The American
        Statistician, 70(4), 365-372.

    Examples:
        Eight points more, from fifty answers each: nothing that could be told from chance.

        >>> moved = nps_change([9] * 25 + [8] * 15 + [5] * 10, [9] * 27 + [8] * 15 + [5] * 8)
        >>> round(moved.value), round(moved.low), round(moved.high)
        (8, -22, 37)
    """
    groups = [_steps(before), _steps(after)]
    counts = [(int((steps == 1).sum()), int((steps == -1).sum()), steps.size) for steps in groups]
    n = min(size for _, _, size in counts)
    if n == 0:
        return Estimate.too_few(0, NO_ANSWERS)
    (was, _), (became, _) = (_net(*each) for each in counts)
    (old, variance), (new, more) = (_added(*each) for each in counts)
    reach = normal_quantile(level) * sqrt(variance + more)
    low, high = _ends(became - was, new - old, reach, most=200)
    note = f"{counts[0][2]} answers before, {counts[1][2]} after."
    return Estimate(became - was, low, high, n, note=note)


def nps_change_paired(before: ArrayLike, after: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Return how far the score moved among the same people: did those who answered twice change?

    With d = +1, 0, -1 for a promoter, passive, detractor and c = d after - d before per contact, the
    change is 100 mean(c). The interval imagines two more contacts, one a step up and one a step down:
    with m = n + 2, 100 (Σc/m ± z √(((Σc² + 2)/m - (Σc/m)²) / m)), stretched to hold the change.

    Args:
        before: whole numbers from 0 to 10, one per contact. Shape (n,).
        after: the same contacts' later answers, in the same order. Shape (n,).
        level: the share of such intervals that hold the truth, in (0, 1).

    Returns:
        The change in points, after - before, within ±200.

    Raises:
        ValueError: an answer is not one of 0 to 10, or the shapes differ.

    References:
        Agresti, A. and Min, Y. (2005). Simple improved confidence intervals for comparing matched
        proportions. Statistics in Medicine, 24(5), 729-740.

    Examples:
        The same eight points; but here two of fifty contacts became promoters and nobody fell back.

        >>> was = [9] * 25 + [8] * 15 + [5] * 10
        >>> moved = nps_change_paired(was, [9] * 27 + [8] * 15 + [5] * 8)
        >>> round(moved.value), round(moved.low), round(moved.high)
        (8, -1, 17)
    """
    earlier, later = _steps(before), _steps(after)
    if earlier.shape != later.shape:
        raise ValueError("Paired answers need the same contacts before and after.")
    if earlier.size == 0:
        return Estimate.too_few(0, NO_ANSWERS)
    change = (later - earlier).astype(float)
    m = change.size + ADDED_PAIRS
    middle = float(change.sum()) / m
    variance = ((float((change**2).sum()) + ADDED_PAIRS) / m - middle**2) / m
    value = 100 * float(change.mean())
    low, high = _ends(value, 100 * middle, 100 * normal_quantile(level) * sqrt(variance), most=200)
    return Estimate(value, low, high, change.size, note="The same contacts before and after.")


def _steps(answers: ArrayLike) -> NDArray[np.int64]:
    """+1 for a promoter, 0 for a passive, -1 for a detractor."""
    given = np.asarray(answers, dtype=float)
    if given.ndim != 1 or not np.isin(given, np.arange(HIGHEST + 1)).all():
        raise ValueError("An answer to the NPS question is a whole number from 0 to 10.")
    return (given >= PROMOTER_FROM).astype(np.int64) - (given <= DETRACTOR_TO)


def _net(promoters: float, detractors: float, n: float) -> tuple[float, float]:
    """The score in points and its variance."""
    p, d = promoters / n, detractors / n
    return 100 * (promoters - detractors) / n, 100**2 * (p + d - (p - d) ** 2) / n


def _added(promoters: float, detractors: float, n: float) -> tuple[float, float]:
    """The same with the imagined answers."""
    return _net(promoters + ADDED_TAIL, detractors + ADDED_TAIL, n + ADDED)


def _ends(value: float, middle: float, reach: float, *, most: float) -> tuple[float, float]:
    """The ends, cut at what is possible; imagined answers must not push the seen value out."""
    return max(-most, min(value, middle - reach)), min(most, max(value, middle + reach))
