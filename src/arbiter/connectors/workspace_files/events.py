"""The file of events among the workspace files. It goes to the log of events, not to a table.

The log knows no transaction of the database. So events are stored first, under the number of their import, and taken out
again when the rest is not stored; what a killed import left is taken out by the next, or at night.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from arbiter.connectors.models import Import, Status
from arbiter.connectors.workspace_files import records
from arbiter.connectors.workspace_files.problems import Problem, shown
from arbiter.connectors.workspace_files.report import Counts, Report
from arbiter.foundation.models import Person

if TYPE_CHECKING:
    from arbiter.usage.actions.event_files import Outcome

NAME = "events"
ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")


def is_events(path: Path) -> bool:
    """Say whether a file is the one of events, by its name."""
    name = path.name.lower().removesuffix(".gz")
    return name in {f"{NAME}{ending}" for ending in ENDINGS}


def check(path: Path, report: Report, *, at: datetime) -> None:
    """Say what an import would do with a file of events."""
    from arbiter.usage.actions import event_files

    _note(report, event_files.check([path], at=at))


@contextmanager
def stored(
    path: Path, report: Report, record: Import, *, by: Person, at: datetime, partial: bool
) -> Iterator[None]:
    """Store events for as long as the rest is stored, too; the block stores the rest, or does not."""
    from arbiter.usage.actions import event_files

    forget_stopped(at=at, again=record)
    _note(report, event_files.store([path], by=by, at=at, partial=partial, import_id=record.pk))
    try:
        yield
    finally:
        if not report.stored:
            event_files.remove(import_id=record.pk, at=at)


def remove(record: Import) -> None:
    """Take the events of an import that was undone out again."""
    from arbiter.usage.actions import event_files

    assert record.undone_at is not None, "who undoes an import says when"
    event_files.remove(import_id=record.pk, at=record.undone_at)


def forget_stopped(*, at: datetime, again: Import | None = None) -> None:
    """Take out what imports left that were killed before the rest was stored.

    Args:
        at: now.
        again: an import that is begun anew: what it left counts as left, although it is under way.
    """
    from arbiter.usage.actions import event_files

    there = event_files.import_ids()
    kept = {
        each.pk
        for each in Import.objects.filter(pk__in=there)
        if each != again and records.status(each) in {Status.STORED, *records.UNDER_WAY}
    }
    for left in there - kept:
        event_files.remove(import_id=left, at=at)


def _note(report: Report, outcome: Outcome) -> None:
    report.counts[NAME] = Counts(
        created=outcome.new, unchanged=outcome.unchanged, rejected=outcome.rejected
    )
    for name, found in outcome.bad.items():
        for bad in found:
            report.found.add(Problem(name, bad.line, bad.column, shown(bad.value), bad.reason))
    for name, columns in outcome.unknown.items():
        report.notes.append(f"{name}: left out, for they are no columns of events: {', '.join(columns)}.")  # fmt: skip
