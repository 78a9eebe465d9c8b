"""How long customers take to complete each set, counted once after usage was counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.db import transaction
from django.db.models import Min
from numpy.typing import NDArray

from arbiter.accounts.queries import contracts, customers
from arbiter.accounts.rules import day
from arbiter.foundation import bulk
from arbiter.usage.models import Completion, CompletionTimes, UsageStanding

if TYPE_CHECKING:
    from arbiter.usage.models import BehaviourSet

DAYS = 730
"""Who began longer ago is not in it: the product was another one."""
NEVER = np.iinfo(np.int64).max
Days = NDArray[np.int64]


@transaction.atomic
def sum_up(sets: Sequence[BehaviourSet], *, until: date) -> None:
    """Write how long each set takes from the start of a customer to its first completion.

    A customer starts with its first day, or with its first term where that is not known. Only those are in it
    that began in the last two years, and not before the first event of anybody: what they did before nobody
    saw. Who is not there yet waits until the last day that was counted. A set that is retired keeps its numbers.

    Args:
        sets: those that are looked for; customers of another segment or stage are not in them.
        until: the last day that was counted.
    """
    first = UsageStanding.objects.aggregate(first=Min("first_at"))["first"]
    told = []
    if first is not None and sets:
        earliest = max(day(first), until - timedelta(days=DAYS))
        starts = _Starts(earliest, until)
        told = [
            CompletionTimes(
                behaviour_set=each,
                until=until,
                began_after=earliest,
                counts=_counts(each, starts, until),
            )
            for each in sets
        ]
    CompletionTimes.objects.filter(behaviour_set__in=sets).delete()
    CompletionTimes.objects.bulk_create(told)


class _Starts:
    """When customers began, in columns by their number, of those that began under our eyes."""

    def __init__(self, earliest: date, until: date) -> None:
        served = customers.everybody().filter(archived_at=None)
        first_days = contracts.first_days(served.filter(since=None))
        rows = [
            (pk, (since or first_days[pk]).toordinal(), segment, stage)
            for pk, since, segment, stage in served.order_by("pk").values_list(
                "pk", "since", "segment", "stage"
            )
            if since is not None or pk in first_days
        ]
        kept = [row for row in rows if earliest.toordinal() <= row[1] <= until.toordinal()]
        self.ids = np.array([row[0] for row in kept], dtype=np.int64)
        self.began = np.array([row[1] for row in kept], dtype=np.int64)
        self._segments = np.array([row[2] for row in kept], dtype=object)
        self._stages = np.array([row[3] for row in kept], dtype=object)

    def whose(self, found: BehaviourSet) -> NDArray[np.bool_]:
        """Whom a set is for."""
        own = np.ones(len(self.ids), dtype=bool)
        if found.segment:
            own &= self._segments == found.segment
        if found.stage:
            own &= self._stages == found.stage
        return own


def _counts(found: BehaviourSet, starts: _Starts, until: date) -> list[list[int]]:
    own = starts.whose(found)
    began, ends = starts.began[own], _completed(found, starts.ids)[own]
    last = until.toordinal()
    there = ends <= last
    # What was done before the first day, in a trial, was there on the first day.
    took = np.where(there, np.maximum(ends, began), last) - began
    days = np.unique(took)
    reached, waiting = (
        np.bincount(np.searchsorted(days, took[which]), minlength=len(days))
        for which in (there, ~there)
    )
    return [
        list(row) for row in zip(days.tolist(), reached.tolist(), waiting.tolist(), strict=True)
    ]


def _completed(found: BehaviourSet, ids: Days) -> Days:
    """The day on which each customer completed a set, or never."""
    ends = np.full(len(ids), NEVER)
    if not len(ids):
        return ends
    done = Completion.objects.filter(behaviour_set=found).order_by("customer_id")
    told = bulk.rows(done, "customer_id", "first_at")
    if told:
        whose = np.array([pk for pk, _ in told], np.int64)
        places = np.minimum(np.searchsorted(whose, ids), len(whose) - 1)
        there = whose[places] == ids
        ends[there] = bulk.day_numbers([at for _, at in told])[places[there]]
    return ends
