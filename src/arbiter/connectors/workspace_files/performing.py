"""Checking and storing an import that was begun on a page, and the report that outlives it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from arbiter.connectors.models import Import, Status
from arbiter.connectors.workspace_files import importing, records, rejected
from arbiter.connectors.workspace_files.problems import Problem
from arbiter.connectors.workspace_files.records import folder
from arbiter.connectors.workspace_files.report import (
    CONFLICT,
    CREATED,
    UPDATED,
    Change,
    Counts,
    Report,
)
from arbiter.connectors.workspace_files.sources import Source, open_source
from arbiter.foundation.refusals import Refusal

MOST_CHANGES = 1_000
Opener = Callable[[Import, datetime], Source]
_openers: dict[str, Opener] = {}


@dataclass
class SavedReport:
    """What a report said, as far as a page shows it."""

    counts: dict[str, Counts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    changes: list[Change] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    custom: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    rows: int = 0
    dry_run: bool = True
    stored: bool = False


def register_opener(name: str, opener: Opener) -> None:
    """Say how the files of an import are opened that remembers this `opener` among its options."""
    _openers[name] = opener


def perform(record: Import, *, at: datetime) -> None:
    """Check or store an import, as it was begun; the job's own work. Doing it twice stores once."""
    if record.status not in records.UNDER_WAY:
        return
    try:
        source = _open(record, at)
        if record.status == Status.CHECKING:
            _check(record, source)
        else:
            _store(record, source, at)
    except Refusal as refusal:
        problem = Problem(record.source, 0, "", "", str(refusal))
        _save(record, SavedReport(problems=[problem], problem_count=1))
        record.status, record.problems = Status.REFUSED, 1
        record.save(update_fields=["status", "problems"])


def report(record: Import) -> SavedReport | None:
    """Return what the last check or run said; None before the first."""
    try:
        told = json.loads(_report(record).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    told["counts"] = {name: Counts(**counts) for name, counts in told["counts"].items()}
    told["problems"] = [Problem(**problem) for problem in told["problems"]]
    told["changes"] = [Change(**change) for change in told["changes"]]
    told["skipped"] = [(name, why) for name, why in told["skipped"]]
    return SavedReport(**told)


def _open(record: Import, at: datetime) -> Source:
    opener = _openers.get(record.options.get("opener", ""), _open_workspace_files)
    return opener(record, at)


def _open_workspace_files(record: Import, at: datetime) -> Source:
    files = folder(record) / "files"
    inside = [path for path in files.iterdir() if not path.name.startswith(".")]
    return open_source(inside[0] if len(inside) == 1 else files)


def _check(record: Import, source: Source) -> None:
    with records.running(record, files=source.files, status=Status.CHECKING):
        done = importing.check(
            source,
            blank_erases=record.options.get("blank_erases", False),
            progress=records.watch(record),
        )
        _keep(record, source, done)
        record.status, record.rows, record.problems = Status.CHECKED, done.rows, done.problem_count
        record.counts = {name: asdict(counts) for name, counts in done.counts.items()}
        record.save(update_fields=["status", "rows", "problems", "counts"])


def _store(record: Import, source: Source, at: datetime) -> None:
    done = importing.store(
        source,
        by=record.by,
        at=at,
        partial=record.options.get("partial", False),
        blank_erases=record.options.get("blank_erases", False),
        progress=records.watch(record),
        record=record,
    )
    _keep(record, source, done)
    if done.stored:
        # What the files said is stored; a second copy of people's words is kept nowhere.
        shutil.rmtree(folder(record) / "files", ignore_errors=True)


def _keep(record: Import, source: Source, done: Report) -> None:
    beside = folder(record) / "rejected"
    shutil.rmtree(beside, ignore_errors=True)
    rejected.write(source, done, beside)
    before = report(record)
    changes = list(_telling(done)) if done.dry_run else (before.changes if before else [])
    saved = SavedReport(
        counts=done.counts, problems=done.problems, problem_count=done.problem_count, changes=changes,
        skipped=done.skipped, custom=done.custom, notes=done.notes, rows=done.rows,
        dry_run=done.dry_run, stored=done.stored,
    )  # fmt: skip
    _save(record, saved)


def _telling(done: Report) -> Iterator[Change]:
    """Yield the changes worth showing: what is overwritten or refused first, then what is new."""
    left = MOST_CHANGES
    for states in ({UPDATED, CONFLICT}, {CREATED}):
        for change in done.changes():
            if change.state in states and left:
                left -= 1
                yield change


def _save(record: Import, saved: SavedReport) -> None:
    _report(record).write_text(json.dumps(asdict(saved), ensure_ascii=False), encoding="utf-8")


def _report(record: Import) -> Path:
    return folder(record) / "report.json"
