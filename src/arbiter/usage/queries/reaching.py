"""How long it takes customers to do the whole of a set, those not there yet included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from arbiter.usage.models import CompletionTimes

if TYPE_CHECKING:
    from arbiter.science.survival import TimeTo
    from arbiter.usage.models import BehaviourSet


@dataclass(frozen=True)
class Reaching:
    """The curve, of how many it is made, and since when customers are in it."""

    told: TimeTo
    began_after: date


def of(found: BehaviourSet) -> Reaching | None:
    """Return how long it takes from the start of a customer to its first completion of a set (Kaplan–Meier).

    It is made of what was counted with the snapshot, one row for each number of days: no customer is read.
    None where the set was not counted yet, or nobody began since the first event of anybody.
    """
    row = CompletionTimes.objects.filter(behaviour_set=found).first()
    if row is None or not row.counts:
        return None
    from arbiter.science.survival import time_to

    days, reached, waiting = np.array(row.counts, dtype=np.int64).T
    took, waited = np.repeat(days, reached).astype(float), np.repeat(days, waiting).astype(float)
    ends = np.concatenate([took, np.full(len(waited), np.nan)])
    looked = np.concatenate([took, waited])
    return Reaching(time_to(np.zeros(len(looked)), ends, looked), row.began_after)
