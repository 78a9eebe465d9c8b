"""Wilson's interval beside p ± 1.96 standard errors."""

import numpy as np

from arbiter.science.estimate import proportion
from bench.coverage import Row, held

RATES = np.linspace(0.02, 0.98, 49)
LEAST = 0.94


def wilson(dice: np.random.Generator, draws: int) -> list[Row]:
    """The mean coverage over rates from 2 to 98 %: of one rate it saws up and down with n."""
    return [_row(n, dice, draws) for n in (10, 20, 50, 200)]


def _row(n: int, dice: np.random.Generator, draws: int) -> Row:
    ends = np.array([_ends(k, n) for k in range(n + 1)])
    rate = RATES[dice.integers(0, RATES.size, draws)]
    k = dice.binomial(n, rate)
    share = k / n
    reach = 1.959964 * np.sqrt(share * (1 - share) / n)
    ours = held(ends[k, 0], rate, ends[k, 1])
    return Row("Wilson, 2 to 98 %", n, ours, held(share - reach, rate, share + reach), draws, LEAST)


def _ends(k: int, n: int) -> tuple[float | None, float | None]:
    found = proportion(k, n)
    return found.low, found.high
