"""Audits are made and stored, and never changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from arbiter.forecast.models import Audit
from arbiter.forecast.queries.audits import stored, working
from arbiter.forecast.queries.histories import Progress


def make(*, as_of: datetime, progress: Progress | None = None) -> Audit:
    """Return the audit of a moment, storing one where anything has changed since the last.

    Silent in the journal: an audit is arithmetic on facts that are in it.
    """
    result = working.work_out(as_of, progress=progress)
    found = stored.fingerprint(result)
    with transaction.atomic():
        last = stored.newest(as_of)
        if last is not None and (last.fingerprint, last.method) == (found, working.METHOD):
            return last
        return Audit.objects.create(
            as_of=as_of,
            method=working.METHOD,
            decided=result["decided"],
            lost=result["lost"],
            signals=len(result["signals"]),
            losses=result.pop("losses"),
            result=result,
            fingerprint=found,
        )
