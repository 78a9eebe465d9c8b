"""What BG/NBD says of each customer: still here, and how many orders are to come?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import hyp2f1

from arbiter.science.lifetime.bg_nbd import BgNbd
from arbiter.science.lifetime.compression import places
from arbiter.science.lifetime.histories import DAYS_PER_WEEK, Days, Histories

Floats = NDArray[np.float64]

WEEKS_PER_YEAR = 365.25 / DAYS_PER_WEEK
STEP_WEEKS = 4
"""Orders to come are discounted from the middle of steps of four weeks."""
_SINGULAR = 1e-4


def alive(model: BgNbd, histories: Histories) -> Floats:
    """Return each customer's chance to be still active: have they left, or do they order rarely?

    P(active) = 1 / (1 + e^d) with d = ln a − ln(b+x−1) + (r+x) ln((α+T)/(α+t_x)) for x > 0. In this model
    one leaves only after a repeat order, so that it is 1 for x = 0: read it with the number of orders.

    Args:
        model: how the company's buyers behave.
        histories: n customers.

    Returns:
        Chances in (0, 1]. Shape (n,).

    References:
        Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the easy way: an
        alternative to the Pareto/NBD model. Marketing Science, 24(2), 275-284. Eq. of P(alive): their
        technical note of 2008.

    Examples:
        >>> from arbiter.science.lifetime.bg_nbd import CDNOW
        >>> from arbiter.science.lifetime.histories import of_days
        >>> alive(CDNOW, of_days([2, 8], [213, 213], [272, 272])).round(2).tolist()
        [0.73, 0.67]
    """
    return staying(model.parameters, histories)


def expected_orders(model: BgNbd, histories: Histories, *, weeks: float) -> Floats:
    """Return how many more orders each customer is expected to place within so many weeks.

    E[Y(t)] = P(active) · (a+b+x−1)/(a−1) · (1 − u^(a−1) · ₂F₁(a+b−1−r, a−1; a+b+x−1; 1−u)),
    u = (α+T)/(α+T+t). This is the published formula after Euler's transformation, which keeps all its terms
    small. A newcomer is a history of (0, 0, 0).

    Args:
        model: how the company's buyers behave.
        histories: n customers.
        weeks: how far ahead, t, at least 0.

    Returns:
        Orders, at least 0. Shape (n,).

    Raises:
        ValueError: weeks is below 0.

    References:
        As `alive`, eq. 10.

    Examples:
        >>> from arbiter.science.lifetime.bg_nbd import CDNOW
        >>> from arbiter.science.lifetime.histories import of_days
        >>> expected_orders(CDNOW, of_days([2], [213], [272]), weeks=39).round(2).item()
        1.23
    """
    return discounted_orders(model, histories, weeks=weeks, discount_per_year=0.0)


def discounted_orders(
    model: BgNbd, histories: Histories, *, weeks: float, discount_per_year: float
) -> Floats:
    """Return what the orders of the coming weeks are worth in orders of today.

    Σ (E[Y(t_k)] − E[Y(t_{k−1})]) (1+d)^(−(t_{k−1}+t_k)/2), over steps of four weeks up to the horizon, with
    time in years.

    Args:
        model: how the company's buyers behave.
        histories: n customers.
        weeks: the horizon, at least 0.
        discount_per_year: d, above −1; 0.1 stands for 10 %.

    Returns:
        Orders, at least 0. Shape (n,).

    Raises:
        ValueError: weeks is below 0, or the discount not above −1.

    References:
        Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). RFM and CLV: using iso-value curves for
        customer base analysis. Journal of Marketing Research, 42(4), 415-430.

    Examples:
        >>> from arbiter.science.lifetime.bg_nbd import CDNOW
        >>> from arbiter.science.lifetime.histories import of_days
        >>> one = of_days([2], [213], [272])
        >>> discounted_orders(CDNOW, one, weeks=39, discount_per_year=0.1).round(2).item()
        1.19
    """
    pairs = Pairs.of(histories)
    ahead = pairs.ahead(model.parameters, Steps.until(weeks, discount_per_year=discount_per_year))
    return np.asarray(staying(model.parameters, histories) * ahead[pairs.place])


@dataclass(frozen=True)
class Steps:
    """A horizon cut into steps, and what an order in each is worth today."""

    ends: Floats
    """In weeks. Shape (k,)."""
    worth: Floats

    @classmethod
    def until(cls, weeks: float, *, discount_per_year: float) -> "Steps":
        """Steps of four weeks up to the horizon; one step if nothing is discounted."""
        if weeks < 0:
            raise ValueError("The weeks ahead are at least 0.")
        if not discount_per_year > -1:
            raise ValueError("A discount lies above −100 %.")
        if discount_per_year == 0 or weeks == 0:
            return cls(ends=np.array([float(weeks)]), worth=np.ones(1))
        ends = np.append(np.arange(STEP_WEEKS, weeks, STEP_WEEKS), weeks).astype(float)
        middles = (ends + np.append(0.0, ends[:-1])) / 2 / WEEKS_PER_YEAR
        return cls(ends=ends, worth=(1 + discount_per_year) ** -middles)


@dataclass(frozen=True)
class Pairs:
    """The different (x, T) of some customers: all that the orders ahead of an active one depend on."""

    repeats: Floats
    age_weeks: Floats
    place: Days
    """Of each customer, where its pair stands. Shape (n,)."""

    @classmethod
    def of(cls, histories: Histories) -> "Pairs":
        ages, place_of_age = places(histories.age_days)
        keys, place = places(histories.repeats * max(1, len(ages)) + place_of_age)
        repeats, age = np.divmod(keys, max(1, len(ages)))
        return cls(repeats.astype(float), ages[age] / DAYS_PER_WEEK, place)

    def ahead(self, parameters: Floats, steps: Steps) -> Floats:
        """Orders to come if still active, in orders of today. Shape (pairs,)."""
        r, alpha, a, b = parameters
        if min(abs(a - 1), abs(a + b - 1)) < _SINGULAR:
            # The formula is 0/0 here but smooth: take the mean of both sides.
            sides = [np.array([r, alpha, a + s * 2 * _SINGULAR, b]) for s in (-1, 1)]
            return np.asarray(sum(self.ahead(side, steps) for side in sides) / 2)
        then = alpha + self.age_weeks[:, None]
        u = then / (then + steps.ends)
        c = (a + b - 1 + self.repeats)[:, None]
        until = c / (a - 1) * (1 - u ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, c, 1 - u))
        return np.asarray(np.diff(until, axis=1, prepend=0.0) @ steps.worth)


def staying(parameters: Floats, histories: Histories) -> Floats:
    """Return P(active) for given parameters, as `alive` does for a model.

    Args:
        parameters: r, α in weeks, a and b. Shape (4,).
        histories: n customers.

    References:
        As `alive`.

    Examples:
        >>> from arbiter.science.lifetime.histories import of_days
        >>> staying(np.array([0.243, 4.414, 0.793, 2.426]), of_days([2], [213], [272])).round(2).item()
        0.73
    """
    r, alpha, a, b = parameters
    x, days = histories.repeats, int(histories.age_days.max(initial=0)) + 1
    since = np.log(alpha + np.arange(days) / DAYS_PER_WEEK)
    counts = np.arange(int(x.max(initial=0)) + 1)
    odds = np.append(-np.inf, np.log(a) - np.log(b + counts[1:] - 1))
    d = since[histories.age_days] - since[histories.last_days]
    d *= (r + counts)[x]
    d += odds[x]
    return np.asarray(1 / (1 + np.exp(np.minimum(d, 700.0))))
