"""Counting usage is wanted: by somebody, or since something that is counted has changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from arbiter.foundation import journal, runs
from arbiter.foundation.models import Person
from arbiter.foundation.permissions import must
from arbiter.foundation.roles import Permission
from arbiter.usage.models import SnapshotRun


@transaction.atomic
def want(*, by: Person, at: datetime) -> SnapshotRun:
    """Have usage counted up to today, soon and in the background; wanted twice it is done once.

    Raises:
        NotAllowed: the role may not.
    """
    must(by, Permission.EDIT_CUSTOMERS)
    wanted = runs.waiting(SnapshotRun) or SnapshotRun.objects.create(wanted_at=at, by=by)
    journal.record("usage.snapshot_wanted", subject=wanted, by=by, at=at)
    return wanted


def mark(*, at: datetime) -> None:
    """Note that everything is to be counted anew. Silent: it follows from a fact that is in the journal."""
    waiting = runs.waiting(SnapshotRun)
    if waiting is None:
        SnapshotRun.objects.create(wanted_at=at, whole=True)
    elif not waiting.whole:
        waiting.whole = True
        waiting.save(update_fields=["whole"])
