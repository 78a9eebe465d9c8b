"""The one number asked at set-up: of your last n renewals, how many renewed?"""

from dataclasses import dataclass
from math import sqrt

USUAL_RATE = 0.82
"""Where nothing was told: median logo renewal of B2B vendors (SaaS Capital, Bessemer), rounded down."""
USUAL_SD = 0.8
DRIFT = 1.3
"""A told rate is a little wider than its count: people remember selectively, and times change."""
SMOOTHING = 2
"""So many renewals at the usual rate are added, so that 20 of 20 is not certainty."""


@dataclass(frozen=True, slots=True)
class BaseRate:
    """What share of due contracts renews, before anything is known of one of them?

    Told "x of n", the rate is (x + 2·0.82) / (n + 2) and its sd in log-odds 1.3 √(1 / (n p (1 − p))), but
    never wider than not having been told: 0.82 with an sd of 0.8.

    Args:
        renewed: how many of the due contracts renewed, x, in [0, n].
        due: how many came due, n, at least 0; 0 stands for "not told".

    Raises:
        ValueError: x is below 0 or above n.

    References:
        The widths are measured on simulated vendors; see docs/method/renewal-forecast.md.

    Examples:
        >>> told = BaseRate(renewed=170, due=200)
        >>> round(told.probability, 4), round(told.sd, 3)
        (0.8497, 0.257)
        >>> UNTOLD.probability, UNTOLD.sd
        (0.82, 0.8)
    """

    renewed: int
    due: int

    def __post_init__(self) -> None:
        if not 0 <= self.renewed <= self.due:
            raise ValueError("The renewed must lie between 0 and the due.")

    @property
    def probability(self) -> float:
        return (self.renewed + SMOOTHING * USUAL_RATE) / (self.due + SMOOTHING)

    @property
    def sd(self) -> float:
        """Standard deviation of the rate's log-odds."""
        if self.due == 0:
            return USUAL_SD
        information = self.due * self.probability * (1 - self.probability)
        return min(USUAL_SD, DRIFT / sqrt(information))

    @property
    def worth(self) -> float:
        """So many renewals seen would say as much: 1 / (sd² p (1 − p))."""
        return 1 / (self.sd**2 * self.probability * (1 - self.probability))

    @property
    def sentence(self) -> str:
        if self.due == 0:
            return f"Not told; {USUAL_RATE:.0%} is usual"
        return f"{self.renewed} of your last {self.due} due contracts renewed"


UNTOLD = BaseRate(renewed=0, due=0)
