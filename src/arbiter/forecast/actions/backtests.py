"""Backtests are made and stored, and never changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from arbiter.forecast import rules
from arbiter.forecast.models import Backtest
from arbiter.forecast.queries.backtests import origins, stored, working
from arbiter.forecast.queries.backtests.replay import Progress


def make_where_due(*, as_of: datetime) -> Backtest | None:
    """Make the week's backtest where anything was decided since the last, or one at once after much was. Silent: derived."""
    wanted = stored.is_wanted(as_of) or stored.is_due(as_of)
    return make(as_of=as_of) if wanted else None


def make(
    *, as_of: datetime, months: int = origins.MONTHS, progress: Progress | None = None
) -> Backtest:
    """Return the backtest of a moment, storing one where anything has changed since the last.

    Silent in the journal: a backtest is arithmetic on facts that are in it.
    """
    result = working.work_out(as_of, months=months, progress=progress)
    found = rules.fingerprint_of(result)
    with transaction.atomic():
        last = stored.newest(as_of)
        if last is not None and last.fingerprint == found:
            return last
        return Backtest.objects.create(
            as_of=as_of,
            method=working.METHOD,
            renewals=result["renewals"],
            lost=result["lost"],
            result=result,
            fingerprint=found,
        )
