"""The record of an import: begun before anything is written, finished in the transaction that writes.

While it runs its process holds a lock on a file. A record that says it runs while nobody holds the lock was
killed: nothing of it is stored, and it is shown as stopped.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from arbiter.connectors.models import Import, Status
from arbiter.connectors.workspace_files.report import Progress, Report, Watch
from arbiter.connectors.workspace_files.terms import Terms
from arbiter.foundation import journal

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

UNDER_WAY = frozenset({Status.RUNNING, Status.CHECKING})


def start(source: str, *, by: Person, at: datetime, status: str = Status.RUNNING) -> Import:
    """Return the record of a new import."""
    return Import.objects.create(source=source[:300], by=by, at=at, status=status)


def folder(record: Import) -> Path:
    """Return the folder of an import: its lock, its progress, and for pages its files and report."""
    path = Path(settings.DATA_DIR) / "imports" / str(record.pk)
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def running(
    record: Import, *, files: Sequence[str], status: str = Status.RUNNING
) -> Iterator[None]:
    """Hold the lock of an import while it runs; an exception leaves it stopped."""
    with _taken(record):
        record.status, record.files = status, list(files)
        record.save(update_fields=["status", "files"])
        try:
            yield
        except BaseException:
            Import.objects.filter(pk=record.pk).update(status=Status.STOPPED)
            raise
        finally:
            _progress(record).unlink(missing_ok=True)


@contextmanager
def _taken(record: Import) -> Iterator[None]:
    """Hold the lock; it is taken before it can be seen, so that nobody ever finds it free by chance."""
    beside = folder(record) / f"lock.{os.getpid()}"
    with beside.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.replace(beside, _lock(record))
        yield
        _lock(record).unlink(missing_ok=True)


def status(record: Import) -> str:
    """Return how far an import has come; `stopped` when its process died.

    Without a lock file it waits for a worker; with one that nobody holds, the worker is dead.
    """
    if record.status not in UNDER_WAY or not _is_abandoned(record):
        return str(record.status)
    fresh = Import.objects.filter(pk=record.pk).values_list("status", flat=True).first()
    return Status.STOPPED.value if fresh == record.status else str(fresh or record.status)


def release(record: Import) -> None:
    """Take away the lock that a killed process left, so that the import waits for a worker again."""
    _lock(record).unlink(missing_ok=True)


def finish(
    record: Import,
    report: Report,
    *,
    people: Sequence[int],
    categories: Sequence[str],
    terms: Terms,
) -> None:
    """Write down what was stored, in the transaction that stores it, and tell the journal."""
    counts = {name: asdict(each) for name, each in report.counts.items()}
    told = {name: [each.created, each.updated] for name, each in report.counts.items()}
    fact = journal.record(
        "connectors.import_finished", subject=record, by=terms.by, at=terms.at, created_updated=told
    )
    record.status, record.counts, record.rows = Status.STORED, counts, report.rows
    record.problems, record.people, record.categories = report.problem_count, list(people), list(categories)  # fmt: skip
    record.last_fact, record.finished_at = fact.pk, terms.at
    record.save()


def refuse(record: Import, report: Report) -> None:
    """Write down that nothing was stored."""
    record.status, record.rows, record.problems = Status.REFUSED, report.rows, report.problem_count
    record.counts = {name: asdict(each) for name, each in report.counts.items()}
    record.save(update_fields=["status", "rows", "problems", "counts"])


def drop(record: Import) -> None:
    """Forget an import of which nothing is stored."""
    shutil.rmtree(folder(record), ignore_errors=True)
    record.delete()


def tidy(record: Import) -> None:
    """Leave no trace of a run that no page watches: neither its folder nor, where nothing is stored, itself."""
    if record.status == Status.STORED:
        shutil.rmtree(folder(record), ignore_errors=True)
    else:
        drop(record)


def watch(record: Import) -> Watch:
    """Return a listener that keeps the progress where others can read it: the database is busy meanwhile."""

    def keep(progress: Progress) -> None:
        path = _progress(record)
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(asdict(progress)))
        os.replace(beside, path)

    return keep


def progress(record: Import) -> Progress | None:
    """Return how far an import is; None when it is not under way."""
    try:
        return Progress(**json.loads(_progress(record).read_text()))
    except FileNotFoundError:
        return None


def _lock(record: Import) -> Path:
    return folder(record) / "lock"


def _progress(record: Import) -> Path:
    return folder(record) / "progress.json"


def _is_abandoned(record: Import) -> bool:
    try:
        with _lock(record).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return True
    except (FileNotFoundError, BlockingIOError):
        return False
