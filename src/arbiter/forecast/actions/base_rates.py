"""The one number asked at set-up is told."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.forecast import permissions
from arbiter.forecast.actions import anchors, standings
from arbiter.forecast.models import BaseRate
from arbiter.forecast.queries import learnings
from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


AT_ONCE = 200
"""More standings than this are written by the job, and more renewals learnt from, not while somebody waits."""


class NotAllowedToTell(Refusal):
    """Only who may change settings tells the company's renewal rate."""


class RateImpossible(Refusal):
    """More renewed than came due, or nothing came due."""


@transaction.atomic
def tell(*, renewed: int, due: int, by: Person, at: datetime) -> BaseRate:
    """Tell how many of the last due contracts renewed; every forecast from here on starts from it.

    Raises:
        NotAllowedToTell: the person may not change settings.
        RateImpossible: the numbers cannot be.
    """
    if not permissions.may_tell_base_rate(by):
        raise NotAllowedToTell("Only an owner or admin can tell the renewal rate.")
    if due < 1:
        raise RateImpossible("At least one contract must have come due.", field="due")
    if not 0 <= renewed <= due:
        raise RateImpossible(f"Of {due} due contracts, 0 to {due} renewed.", field="renewed")
    rate = BaseRate.objects.create(renewed=renewed, due=due, at=at, by=by)
    if learnings.count_decided(at) <= AT_ONCE:
        anchors.set_anew(as_of=at)
    standings.mark_everybody(since=at)
    transaction.on_commit(partial(standings.refresh_stale, as_of=at, most=AT_ONCE), robust=True)
    journal.record("forecast.base_rate_told", subject=rate, by=by, at=at, renewed=renewed, due=due)
    return rate
