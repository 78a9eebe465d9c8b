"""One signal at one lead: who has it, and does it tell those who stay from those who leave?"""

from dataclasses import dataclass, replace

import numpy as np

from arbiter.science.audit.looks import Flags, Floats, Look
from arbiter.science.audit.wording import FLOOR, FULL, Says, Tier, says, tier
from arbiter.science.discrimination import Auc, auc, mann_whitney
from arbiter.science.estimate import Estimate, proportion


@dataclass(frozen=True, slots=True)
class Finding:
    """What one signal said some days before the decisions.

    Attributes:
        name: the signal.
        lead_days: how long before.
        decided: renewals that came due and were decided.
        n: those of which the signal had a value.
        lost: of those, how many left.
        coverage: n of decided, with its interval.
        renewal_with: share that renewed where there was a value.
        renewal_without: share that renewed where there was none: who is missing?
        higher_renews: whether a higher value speaks for renewal; the AUC is told in that direction.
        auc: how well values tell who stays, above 0.5 where they do; None below ten losses or stays.
        everywhere: the same over all decided renewals, those without a value put in the middle.
        p: chance of separating as far by luck, within quarter and segment.
        p_adjusted: the same, adjusted for everything that was tested.
        levels: how many different values there were.
    """

    name: str
    lead_days: int
    decided: int
    n: int
    lost: int
    coverage: Estimate
    renewal_with: Estimate
    renewal_without: Estimate
    higher_renews: bool
    auc: Auc | None
    everywhere: Auc | None
    p: float | None
    p_adjusted: float | None
    levels: int

    @property
    def tier(self) -> Tier:
        found = self.auc
        return tier(
            lost=self.lost,
            low=found.low if found else None,
            high=found.high if found else None,
            p_adjusted=self.p_adjusted,
        )

    @property
    def says(self) -> Says:
        return says(self.tier)

    @property
    def is_early(self) -> bool:
        """Whether there are losses enough to look, but not enough to be sure of."""
        return FLOOR <= self.lost < FULL

    @property
    def still_missing(self) -> int:
        """How many more losses with a value it takes until anything is said."""
        return max(0, FLOOR - self.lost)

    def adjusted(self, p: float | None) -> "Finding":
        """The same finding once it is known how much else was tested."""
        return replace(self, p_adjusted=p)


def finding(look: Look, name: str, *, higher_renews: bool) -> Finding:
    """Return what a signal said at a lead: would those who left have stood out?

    The AUC is the share of pairs of one that stayed and one that left in which the value speaks for
    the one that stayed, ties counting half; customers with several renewals count as one cluster. The
    p-value shuffles outcomes within quarter and segment.

    Args:
        look: decided renewals as they looked then.
        name: which signal, a key of `look.signals`.
        higher_renews: whether a higher value is thought to speak for renewal.

    Raises:
        KeyError: the look has no such signal.

    References:
        See `arbiter.science.discrimination`.

    Examples:
        >>> look = Look.of(90, lost=[1] * 12 + [0] * 28, signals={"health": [50] * 12 + [80] * 28})
        >>> told = finding(look, "health", higher_renews=True)
        >>> told.n, told.lost, told.auc.value
        (40, 12, 1.0)
    """
    values = look.signals[name]
    here = ~np.isnan(values)
    lost = int(look.lost[here].sum())
    n, decided = int(here.sum()), len(look)
    spoken = values if higher_renews else -values
    enough = FLOOR <= lost <= n - FLOOR
    return Finding(
        name=name,
        lead_days=look.lead_days,
        decided=decided,
        n=n,
        lost=lost,
        coverage=proportion(n, decided),
        renewal_with=proportion(n - lost, n),
        renewal_without=_renewal(look.lost[~here]),
        higher_renews=higher_renews,
        auc=_auc(look, spoken, here) if enough else None,
        everywhere=_auc(look, _filled(spoken, here), np.full(decided, True)) if enough else None,
        p=_p(look, spoken, here) if enough else None,
        p_adjusted=None,
        levels=len(np.unique(values[here])),
    )


def _renewal(lost: Flags) -> Estimate:
    return proportion(int((~lost).sum()), len(lost))


def _auc(look: Look, spoken: Floats, here: Flags) -> Auc:
    return auc(spoken[here], ~look.lost[here], clusters=look.customer[here])


def _filled(spoken: Floats, here: Flags) -> Floats:
    return np.where(here, spoken, np.median(spoken[here]))


def _p(look: Look, spoken: Floats, here: Flags) -> float:
    test = mann_whitney(
        spoken[here], ~look.lost[here], blocks=look.block[here], clusters=look.customer[here]
    )
    return test.p
