"""What a finding may be called. A wide interval is never called a finding of nothing."""

from enum import StrEnum

FLOOR = 10
"""Below so many losses with the signal, nothing is said but how many there are."""
FULL = 30
"""Below so many losses a finding is called early."""
LITTLE = 78
"""From so many losses on, an AUC of 0.60 would have been found four times of five."""
Q = 0.10
"""The share of luck that is borne among what is called a finding."""
USEFUL = 0.60
"""An AUC that a team can act on; between this and even odds a signal is weak."""


class Tier(StrEnum):
    """How much the data bear."""

    PREDICTS = "predicts"
    WEAK = "weak"
    NO_EVIDENCE = "no evidence"
    LITTLE_VALUE = "evidence of little value"
    NOT_ENOUGH = "not enough data"


class Says(StrEnum):
    """The same in the three words of the public format."""

    PREDICTS = "predicts"
    CHANCE = "no better than chance"
    TOO_FEW = "too few to say"


def tier(*, lost: int, low: float | None, high: float | None, p_adjusted: float | None) -> Tier:
    """Return what the data bear: is the signal a predictor, a weak one, or is nothing known yet?

    It *predicts* where the p-value adjusted for all tests is at most 0.10 and the lower end of the AUC
    lies above 0.60; it is *weak* where only the first holds. Without that: *evidence of little value*
    where 78 losses and more leave no room above 0.60, *no evidence* from 30 losses on, and *not enough
    data* below.

    Args:
        lost: losses with a value, at least 0.
        low: lower end of the AUC, in [0, 1]; None below ten losses.
        high: its upper end.
        p_adjusted: p-value adjusted for everything that was tested, in [0, 1].

    References:
        docs/method/predictor-audit.md: the sizes are those at which an AUC of 0.60 is told from 0.50 in
        four of five companies.

    Examples:
        >>> str(tier(lost=40, low=0.66, high=0.82, p_adjusted=0.001))
        'predicts'
        >>> str(tier(lost=12, low=0.38, high=0.71, p_adjusted=0.9))
        'not enough data'
        >>> str(tier(lost=120, low=0.46, high=0.57, p_adjusted=0.8))
        'evidence of little value'
    """
    if lost < FLOOR or low is None or high is None or p_adjusted is None:
        return Tier.NOT_ENOUGH
    if p_adjusted <= Q and low > 0.5:
        return Tier.PREDICTS if low > USEFUL else Tier.WEAK
    if lost >= LITTLE and high < USEFUL:
        return Tier.LITTLE_VALUE
    return Tier.NO_EVIDENCE if lost >= FULL else Tier.NOT_ENOUGH


def says(found: Tier) -> Says:
    """Return a tier in the words of the public format: what may a script rely on?

    Args:
        found: what the data bear.

    References:
        docs/formats.md, `arbiter audit`.

    Examples:
        >>> str(says(Tier.WEAK)), str(says(Tier.NO_EVIDENCE))
        ('predicts', 'no better than chance')
    """
    return _SAYS[found]


_SAYS = {
    Tier.PREDICTS: Says.PREDICTS,
    Tier.WEAK: Says.PREDICTS,
    Tier.NO_EVIDENCE: Says.CHANCE,
    Tier.LITTLE_VALUE: Says.CHANCE,
    Tier.NOT_ENOUGH: Says.TOO_FEW,
}
