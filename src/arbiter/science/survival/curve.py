"""The Kaplan–Meier curve: what share is still there after so long?"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from arbiter.science.estimate import Estimate
from arbiter.science.interval import normal_quantile, wilson
from arbiter.science.survival._watched import Counts, Floats, Watched, columns, watched

FEW_WATCHED = 5
"""With fewer under watch at some moment, what the curve says from there on rests on a handful."""
NOT_SO_LONG = "Nobody was watched as long as that."


@dataclass(frozen=True, eq=False)
class Survival:
    """A survival curve: 1 at the start, a step down at each time at which it happened.

    Attributes:
        time: the times at which it happened, rising, in the unit of the durations. Shape (k,).
        survival: the share to whom it had not happened right after each time, in [0, 1]. Shape (k,).
        low: lower end of each share. Shape (k,).
        high: upper end. Shape (k,).
        at_risk: how many were watched right before each time. Shape (k,).
        events: how often it happened at each time. Shape (k,).
        watched: who was watched from when until when.
        level: of the intervals.
    """

    time: Floats
    survival: Floats
    low: Floats
    high: Floats
    at_risk: Counts
    events: Counts
    watched: Watched
    level: float

    @property
    def n(self) -> int:
        """How many were watched."""
        return len(self.watched)

    @property
    def longest(self) -> float:
        """The longest anybody was watched."""
        return float(self.watched.ends[-1])

    @property
    def median(self) -> Estimate:
        """The time by which it has happened to half; without a value where it has not, yet."""
        return self.quantile(0.5)

    def at(self, time: float) -> Estimate:
        """The share to whom it has not happened by a time; unknown where nobody was watched so long."""
        step = int(np.searchsorted(self.time, time, side="right")) - 1
        if time > self.longest and (step < 0 or self.survival[step] > 0):
            return Estimate.too_few(self.n, NOT_SO_LONG)
        if step < 0:
            rest = max(1, int(self.watched.at_risk(np.array([max(time, 0.0)]))[0]))
            return Estimate(1.0, wilson(rest, rest, level=self.level).low, 1.0, self.n)
        value, low, high = (float(column[step]) for column in (self.survival, self.low, self.high))
        return Estimate(value, low, high, self.n, note=self._few_until(step))

    def quantile(self, share: float) -> Estimate:
        """The time by which only this share is left; open ends where the curve does not reach them.

        Raises:
            ValueError: the share lies outside (0, 1).
        """
        if not 0 < share < 1:
            raise ValueError("A share must lie strictly between 0 and 1.")
        value, low, high = (
            self._first_below(share, column) for column in (self.survival, self.low, self.high)
        )
        if value is None:
            return Estimate(None, low, None, self.n, note=f"More than {share:.0%} are still left.")
        note = self._few_until(int(np.searchsorted(self.time, value)))
        return Estimate(value, low, high, self.n, note=note)

    def restricted_mean(self, horizon: float) -> Estimate:
        """The mean time until it happens, counting no more than the horizon for anybody.

        μ = ∫₀^h S(t) dt with variance Σ A_j² d_j / (n_j (n_j − d_j)), A_j the area right of time j.

        Raises:
            ValueError: the horizon is not above 0.
        """
        if not horizon > 0:
            raise ValueError("The horizon lies above 0.")
        if horizon > self.longest and not (len(self.time) and self.survival[-1] == 0):
            return Estimate.too_few(self.n, NOT_SO_LONG)
        within = self.time < horizon
        edges = np.concatenate([[0.0], self.time[within], [horizon]])
        areas = np.concatenate([[1.0], self.survival[within]]) * np.diff(edges)
        right = np.cumsum(areas[::-1])[::-1][1:]
        doubt = _greenwood_terms(self.events[within], self.at_risk[within])
        # Where all were lost at once nothing lies to the right, so nothing is added.
        variance = float(np.sum(right**2 * np.where(right > 0, doubt, 0.0)))
        value, reach = float(areas.sum()), normal_quantile(self.level) * sqrt(variance)
        return Estimate(value, max(0.0, value - reach), min(horizon, value + reach), self.n)

    def _first_below(self, share: float, column: Floats) -> float | None:
        below = np.flatnonzero(column <= share + 1e-12)
        return float(self.time[below[0]]) if len(below) else None

    def _few_until(self, step: int) -> str:
        thin = np.flatnonzero(self.at_risk[: step + 1] < FEW_WATCHED)
        if not len(thin):
            return ""
        first = thin[0]
        return (
            f"From {self.time[first]:g} on it rests on {self.at_risk[first]} who were watched then."
        )


def kaplan_meier(
    durations: ArrayLike,
    observed: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    level: float = 0.95,
) -> Survival:
    """Return the share still there after each time: how long do customers stay?

    S(t) = Π over event times t_j ≤ t of (1 − d_j / n_j), with d_j events among n_j watched right before.
    The ends are Greenwood's on the log(−log) scale,

        S(t)^exp(± z √V / ln S),    V = Σ d_j / (n_j (n_j − d_j)),

    so they stay within 0 and 1. Who was censored counts as watched until then. Where nobody is left the
    upper end is that before the last step times Wilson's for none of n.

    Args:
        durations: time until it happened or watching ended, at least 0, in one unit. Shape (n,), n >= 1.
        observed: 1 where it happened at that time, 0 where watching ended before. Shape (n,).
        entry: time from which each was watched, at least 0 and below its duration; those that were gone
            by then were never seen (left truncation). Shape (n,). Without, all from the start.
        level: the share of such intervals that hold the truth, in (0, 1).

    Raises:
        ValueError: columns of different length or empty, a time below 0 or not finite, an outcome that
            is neither 0 nor 1, an entry at or after the end, or a level outside (0, 1).

    References:
        Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from incomplete observations.
        Journal of the American Statistical Association, 53(282), 457-481.
        Kalbfleisch, J. D. and Prentice, R. L. (2002). The Statistical Analysis of Failure Time Data,
        2nd ed., section 1.4. Wiley.
        Brookmeyer, R. and Crowley, J. (1982). A confidence interval for the median survival time.
        Biometrics, 38(1), 29-41.

    Examples:
        Months until they left; two are still here.

        >>> curve = kaplan_meier([3, 5, 5, 8, 12, 12], [1, 1, 0, 1, 0, 1])
        >>> curve.survival.round(3).tolist(), curve.median.value
        ([0.833, 0.667, 0.444, 0.222], 8.0)
    """
    normal_quantile(level)
    spells = watched(*columns(durations, observed, entry))
    time = np.unique(spells.events)
    at_risk, events = spells.at_risk(time), spells.happened_at(time)
    survival: Floats = np.cumprod(1 - events / at_risk, dtype=np.float64)
    # A product that should end at 0 must not end at what rounding left of it.
    survival[np.cumsum(events == at_risk) > 0] = 0.0
    low, high = _ends(survival, events, at_risk, level)
    return Survival(time, survival, low, high, at_risk, events, spells, level)


def _greenwood_terms(events: Counts, at_risk: Counts) -> Floats:
    left = at_risk - events
    with np.errstate(divide="ignore"):
        return np.asarray(events / (at_risk * left))


def _ends(survival: Floats, events: Counts, at_risk: Counts, level: float) -> tuple[Floats, Floats]:
    low, high = np.zeros(len(survival)), np.zeros(len(survival))
    alive = survival > 0
    variance = np.cumsum(_greenwood_terms(events[alive], at_risk[alive]))
    reach = normal_quantile(level) * np.sqrt(variance) / np.log(survival[alive])
    low[alive] = survival[alive] ** np.exp(-reach)
    high[alive] = survival[alive] ** np.exp(reach)
    if not alive.all():
        end = int(np.argmin(alive))
        before = high[end - 1] if end else 1.0
        high[end:] = before * wilson(0, int(at_risk[end]), level=level).high
    return low, high
