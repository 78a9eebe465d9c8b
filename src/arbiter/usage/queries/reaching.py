"""How long it takes customers to do the whole of a set, those not there yet included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Min, Q

from arbiter.accounts.queries import contracts, customers
from arbiter.accounts.rules import day
from arbiter.usage.models import Completion, UsageStanding

if TYPE_CHECKING:
    from arbiter.science.survival import TimeTo
    from arbiter.usage.models import BehaviourSet

MONTHS = 24
DAYS = 730


@dataclass(frozen=True)
class Reaching:
    """The curve, of how many it is made, and since when customers are in it."""

    told: TimeTo
    began_after: date


def of(found: BehaviourSet, *, until: date) -> Reaching | None:
    """Return how long from the start of a customer to its first completion of a set (Kaplan–Meier).

    A customer starts with its first day, or with its first term where that is not known. Only those are in it
    that began in the last two years, and not before the first event of anybody: what they did before nobody
    saw. Who is not there yet is censored on the last day that was counted.

    Args:
        found: the set; customers of another segment or stage are not in it.
        until: the last day that was counted.
    """
    first = UsageStanding.objects.aggregate(first=Min("first_at"))["first"]
    if first is None:
        return None
    earliest = max(day(first), until - timedelta(days=DAYS))
    started = {pk: began for pk, began in _starts(found).items() if earliest <= began <= until}
    if not started:
        return None
    done = Completion.objects.filter(behaviour_set=found)
    return Reaching(
        _curve(started, dict(done.values_list("customer_id", "first_at")), until), earliest
    )


def _curve(started: Mapping[int, date], done: Mapping[int, datetime], until: date) -> TimeTo:
    from arbiter.science.survival import time_to

    starts = np.array([began.toordinal() for began in started.values()], dtype=float)
    ends = np.array(
        [day(done[pk]).toordinal() if pk in done else np.nan for pk in started], dtype=float
    )
    # What was done before the first day, in a trial, was there on the first day.
    return time_to(starts, np.maximum(ends, starts), until.toordinal())


def _starts(found: BehaviourSet) -> dict[int, date]:
    served = customers.everybody().filter(
        Q(archived_at=None) & _whose("segment", found.segment) & _whose("stage", found.stage)
    )
    told = served.exclude(since=None).values_list("pk", "since")
    began = {pk: since for pk, since in told if since is not None}
    return contracts.first_days(served.filter(since=None)) | began


def _whose(field: str, value: str) -> Q:
    return Q(**{field: value}) if value else Q()
