"""Audits are wanted, made and stored, and never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from arbiter.forecast import rules
from arbiter.forecast.models import Audit
from arbiter.forecast.models.audit import AuditRun
from arbiter.forecast.queries.audits import stored, working
from arbiter.forecast.queries.histories import Progress
from arbiter.foundation import journal, runs
from arbiter.foundation.models import Person
from arbiter.foundation.permissions import must
from arbiter.foundation.roles import Permission

KEPT_RUNS = 100


def make(*, as_of: datetime, progress: Progress | None = None) -> Audit:
    """Return the audit of a moment, storing one where anything has changed since the last.

    Silent in the journal: an audit is arithmetic on facts that are in it.
    """
    result = working.work_out(as_of, progress=progress)
    found = rules.fingerprint_of(result)
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


@transaction.atomic
def want(*, by: Person, at: datetime) -> AuditRun:
    """Have the audit made anew, soon and in the background; wanted twice it is made once.

    Raises:
        NotAllowed: the person may not bring in the files it rests on.
    """
    must(by, Permission.IMPORT)
    wanted = runs.waiting(AuditRun) or AuditRun.objects.create(wanted_at=at, by=by)
    journal.record("forecast.audit_wanted", subject=wanted, by=by, at=at)
    return wanted


def mark_wanted(*, at: datetime) -> None:
    """Note that the last audit is old. Silent: it follows from a fact that is in the journal."""
    if runs.waiting(AuditRun) is None:
        AuditRun.objects.create(wanted_at=at)


def perform(*, at: datetime, clock: Callable[[], datetime]) -> Audit:
    """Make the audit of a moment for everybody who wanted it, and tell how far it is. Silent: see `make`.

    What was begun before and not finished, by a worker that is gone, is done by this too.

    Args:
        at: the moment that is audited.
        clock: tells the time as it goes on.
    """
    own = runs.unfinished(AuditRun).order_by("wanted_at", "pk").first()
    own = own or AuditRun.objects.create(wanted_at=at)
    # What is wanted from here on, by a fact this reading may miss, waits for the next time.
    runs.unfinished(AuditRun).update(started_at=at, done=0, problem="")
    taken = runs.unfinished(AuditRun).filter(started_at=at)

    def tell(done: int, total: int) -> None:
        AuditRun.objects.filter(pk=own.pk).update(done=done, total=total)

    with runs.finishing(taken, clock):
        made = make(as_of=at, progress=tell)
    runs.forget(AuditRun, but=KEPT_RUNS)
    return made
