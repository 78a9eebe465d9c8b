"""Time to value and time to adopt: how long until it is reached, those not there yet included?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from arbiter.science.estimate import Estimate
from arbiter.science.survival._watched import Floats
from arbiter.science.survival.curve import Survival, kaplan_meier


@dataclass(frozen=True, eq=False)
class TimeTo:
    """How long it takes to get somewhere.

    Attributes:
        curve: the share that is not there yet, over days since the start.
        reached: how many have got there.
        waiting: how many have not, by the day they were last looked at.
    """

    curve: Survival
    reached: int
    waiting: int

    @property
    def n(self) -> int:
        return self.reached + self.waiting

    @property
    def median(self) -> Estimate:
        """Days by which half are there; without a value while fewer than half are."""
        return self.curve.median

    def reached_by(self, days: float) -> Estimate:
        """The share that is there within so many days."""
        left = self.curve.at(days)
        if left.value is None or left.low is None or left.high is None:
            return left
        return Estimate(1 - left.value, 1 - left.high, 1 - left.low, left.n, note=left.note)


def time_to(
    started: ArrayLike, reached: ArrayLike, until: ArrayLike, *, level: float = 0.95
) -> TimeTo:
    """Return how long it takes from a start to an end: when does half of them see first value?

    Kaplan–Meier over days = min(reached, until) − started, observed where reached ≤ until. The mean of
    those who have arrived would leave out the slow ones, and be the better the fewer have arrived.

    Who left before arriving is censored on the day they left if `until` says so: then the answer is "of
    those who stay". With the day of looking as `until` for all, it is "of all who start".

    Args:
        started: day on which each began, as dates (datetime64) or as day numbers. Shape (n,), n >= 1.
        reached: day on which each got there; NaT or NaN where it has not. Shape (n,).
        until: day up to which each was watched: the day of looking, or the day it left. Shape (n,) or
            one for all. What was reached later does not count yet.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: columns of different length or empty, or a day that lies before its start or is missing.

    References:
        Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from incomplete observations.
        Journal of the American Statistical Association, 53(282), 457-481.

    Examples:
        Five customers began on day 0. Three saw a first confirmed result; two are waiting on day 90.

        >>> value = time_to([0] * 5, [20, 45, 70, float("nan"), float("nan")], 90)
        >>> value.median.value, value.reached, value.waiting
        (70.0, 3, 2)
        >>> round(value.reached_by(60).value, 2)
        0.4
    """
    start, end = _days(started), _days(reached)
    if start.ndim != 1 or start.shape != end.shape:
        raise ValueError("Starts and ends must be columns of one length.")
    last = np.broadcast_to(_days(until), start.shape)
    if not (np.isfinite(start).all() and np.isfinite(last).all() and np.all(last >= start)):
        raise ValueError("Each has a start, and is watched until then or later.")
    if np.any(end < start):
        raise ValueError("Nobody arrives before they start.")
    there = end <= last
    curve = kaplan_meier(np.where(there, end, last) - start, there, level=level)
    return TimeTo(curve, int(there.sum()), int((~there).sum()))


def _days(when: ArrayLike) -> Floats:
    given = np.asarray(when)
    if given.dtype.kind == "M":
        given = (given - np.datetime64(0, "D")) / np.timedelta64(1, "D")
    return given.astype(float)
