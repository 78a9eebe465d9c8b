"""What buyers without a contract are still worth: orders to come, times what one brings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arbiter.science.estimate import Estimate
from arbiter.science.lifetime.bg_nbd import BgNbd
from arbiter.science.lifetime.buying import Pairs, Steps, discounted_orders, staying
from arbiter.science.lifetime.gamma_gamma import GammaGamma, amount, expected_amount
from arbiter.science.lifetime.histories import Histories
from arbiter.science.lifetime.value import LEVEL, Values, tails

Floats = NDArray[np.float64]

DRAWS = 400
_CHUNK = 10_000
"""Customers whose draws are held at once: 400 draws of them take 32 MB."""


def order_values(
    buying: BgNbd,
    spending: GammaGamma,
    histories: Histories,
    mean_amounts: ArrayLike,
    *,
    weeks: float,
    discount_per_year: float,
    margin: float = 1.0,
    level: float = LEVEL,
    draws: int = DRAWS,
) -> Values:
    """Return what the orders to come of each customer are worth: its lifetime value from now on.

    margin · discounted orders to come (BG/NBD) · expected amount (Gamma-Gamma). The value is that of the
    fitted parameters; low and high hold the given share of the values under parameters drawn from both
    posteriors.

    Args:
        buying: how customers order and leave.
        spending: what their orders bring.
        histories: n customers.
        mean_amounts: mean amount of their repeat orders; not read where there was none. Shape (n,).
        weeks: the horizon, at least 0.
        discount_per_year: above −1.
        margin: share of an order that remains, in [0, 1].
        level: share of the posterior between low and high, in (0, 1).
        draws: how many are taken, at least 100; or 0 for the values alone, whose ends are then NaN.

    Raises:
        ValueError: an argument is out of range.

    References:
        Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). RFM and CLV: using iso-value curves for
        customer base analysis. Journal of Marketing Research, 42(4), 415-430.

    Examples:
        >>> from arbiter.science.lifetime import bg_nbd, gamma_gamma
        >>> from arbiter.science.lifetime.histories import of_days
        >>> spending = gamma_gamma.fit([1 + n % 3 for n in range(40)], [20 + n for n in range(40)])
        >>> one = of_days([2], [213], [272])
        >>> found = order_values(
        ...     bg_nbd.CDNOW, spending, one, [30.0], weeks=52, discount_per_year=0.1, margin=0.3
        ... )
        >>> bool(found.low[0] < found.value[0] < found.high[0]), found.horizon
        (True, '52 weeks ahead, discounted by 10.0 % a year')
    """
    spent, each = np.asarray(mean_amounts, dtype=float), len(histories)
    if spent.shape != histories.repeats.shape or not each or not 0 <= margin <= 1:
        raise ValueError("There is a mean amount for each customer, and a margin between 0 and 1.")
    orders = discounted_orders(buying, histories, weeks=weeks, discount_per_year=discount_per_year)
    value = margin * orders * expected_amount(spending, histories.repeats, spent)
    words = f"{weeks:g} weeks ahead, discounted by {discount_per_year:.1%} a year".replace(
        "%", " %"
    )
    whole = float(value.sum())
    if not draws:
        unknown = np.full_like(value, np.nan)
        return Values(value, unknown, unknown, Estimate(whole, None, None, n=each), words)
    between = tails(level, draws)
    steps = Steps.until(weeks, discount_per_year=discount_per_year)
    drawn = _Drawn.of(buying, spending, histories, steps, draws)
    low, high, totals = drawn.between(histories, spent, margin, between)
    ends = np.quantile(totals, between).tolist()
    # The value is that of the likelihood alone, the draws know the prior too: the range holds both.
    return Values(
        value=value,
        low=np.minimum(low, value),
        high=np.maximum(high, value),
        total=Estimate(whole, min(ends[0], whole), max(ends[1], whole), n=each),
        horizon=words,
    )


@dataclass(frozen=True)
class _Drawn:
    """Parameters drawn from both posteriors, with the orders ahead of each pair (x, T) under them."""

    pairs: Pairs
    buying: Floats
    """Shape (draws, 4)."""
    spending: Floats
    """Shape (draws, 3)."""
    ahead: Floats
    """Shape (draws, pairs)."""

    @classmethod
    def of(
        cls, buying: BgNbd, spending: GammaGamma, histories: Histories, steps: Steps, count: int
    ) -> "_Drawn":
        pairs = Pairs.of(histories)
        parameters = buying.posterior.draws(count, seed=1)
        return cls(
            pairs=pairs,
            buying=parameters,
            spending=spending.draws(count, seed=2),
            ahead=np.array([pairs.ahead(one, steps) for one in parameters]),
        )

    def between(
        self, histories: Histories, spent: Floats, margin: float, between: tuple[float, float]
    ) -> tuple[Floats, Floats, Floats]:
        """Low and high of each customer, and the sum over customers of each draw."""
        low, high = np.empty(len(spent)), np.empty(len(spent))
        totals = np.zeros(len(self.buying))
        for start in range(0, len(spent), _CHUNK):
            part = slice(start, start + _CHUNK)
            drawn = self._values(_part(histories, part), self.pairs.place[part], spent[part])
            low[part], high[part] = margin * np.quantile(drawn, between, axis=0)
            totals += margin * drawn.sum(axis=1)
        return low, high, totals

    def _values(self, histories: Histories, place: NDArray[np.int64], spent: Floats) -> Floats:
        """Shape (draws, customers)."""
        repeats = histories.repeats.astype(float)
        rows = zip(self.buying, self.spending, self.ahead, strict=True)
        return np.array(
            [
                staying(buying, histories) * ahead[place] * amount(spending, repeats, spent)
                for buying, spending, ahead in rows
            ]
        )


def _part(histories: Histories, part: slice) -> Histories:
    return Histories(histories.repeats[part], histories.last_days[part], histories.age_days[part])
