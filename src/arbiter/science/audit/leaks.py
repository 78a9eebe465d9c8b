"""Numbers that only know afterwards: a column written at or after the decision looks like a triumph."""

from collections.abc import Sequence

import numpy as np

from arbiter.science.audit.findings import Finding
from arbiter.science.audit.looks import Flags, Floats
from arbiter.science.audit.wording import FLOOR

TOO_GOOD = 0.95
PURE_LOSS = 0.99
PURE_ROWS = 20
PURE_SHARE = 0.25
JUMP = 0.15
JUMP_LEADS = (60, 30)


def leaks(values: Floats, lost: Flags, found: Sequence[Finding]) -> tuple[str, ...]:
    """Return why a signal seems to know the outcome: was it written after the decision?

    Three alarms: an AUC of 0.95 and more on ten losses and more; levels of 20 rows and more of which
    99 % left, that together hold a quarter of all losses; an AUC that jumps by more than 0.15 between
    60 and 30 days before. A small pure level stays silent: it may well be genuine.

    Args:
        values: the signal at the lead that is looked at, NaN where unknown. Shape (n,).
        lost: whether the customer left. Shape (n,).
        found: what the signal said at each lead.

    Returns:
        One sentence per alarm; empty where nothing is suspect.

    References:
        The bounds were set on public data in which a satisfaction score or a complaint flag, written at
        the decision, alone had AUC 0.95 to 0.998; see docs/method/leak-alarm.md.

    Examples:
        >>> values, lost = np.array([0.0] * 30 + [1.0] * 70), np.array([True] * 30 + [False] * 70)
        >>> for sentence in leaks(values, lost, []):
        ...     print(sentence)
        100% of those with the value 0 left, and they are 100% of all losses.
    """
    alarms = [
        f"It tells {_percent(each.auc.value)} of the pairs apart {each.lead_days} days before: "
        "hardly any honest number does."
        for each in found
        if each.auc is not None and each.lost >= FLOOR and each.auc.value >= TOO_GOOD
    ]
    alarms += _pure_levels(values, lost)
    alarms += _jump(found)
    return tuple(alarms)


def _pure_levels(values: Floats, lost: Flags) -> list[str]:
    here = ~np.isnan(values)
    losses = int(lost[here].sum())
    if losses < FLOOR or losses == int(here.sum()):
        return []
    levels, place = np.unique(values[here], return_inverse=True)
    rows = np.bincount(place)
    left = np.bincount(place, weights=lost[here])
    pure = (rows >= PURE_ROWS) & (left >= PURE_LOSS * rows)
    share = float(left[pure].sum()) / losses
    if share < PURE_SHARE:
        return []
    named = ", ".join(f"{level:g}" for level in levels[pure][:3])
    gone = _percent(float(left[pure].sum() / rows[pure].sum()))
    said = f"{gone} of those with the value {named} left, and they are {_percent(share)} of all losses."
    return [said]


def _jump(found: Sequence[Finding]) -> list[str]:
    by_lead = {each.lead_days: each.auc.value for each in found if each.auc is not None}
    far, near = (by_lead.get(lead) for lead in JUMP_LEADS)
    if far is None or near is None or near - far <= JUMP:
        return []
    before = f"It tells {_percent(far)} of the pairs apart {JUMP_LEADS[0]} days before"
    return [f"{before} and {_percent(near)} {JUMP_LEADS[1]} days before: it may follow the notice."]


def _percent(share: float) -> str:
    return f"{share:.0%}"
