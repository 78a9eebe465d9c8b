"""Imports as pages see them: received, checked and stored by jobs, with a report that outlives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from arbiter.connectors.models import Import, Status
from arbiter.connectors.workspace_files import importing, jobs, records
from arbiter.connectors.workspace_files.performing import (
    SavedReport,
    perform,
    register_opener,
    report,
)
from arbiter.connectors.workspace_files.records import folder, progress, status
from arbiter.foundation.refusals import Refusal

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

__all__ = [
    "SavedReport",
    "begin_check",
    "begin_store",
    "discard",
    "folder",
    "get",
    "newest",
    "perform",
    "progress",
    "receive",
    "register_opener",
    "rejected_files",
    "remember",
    "report",
    "status",
    "stored_from",
]


class UnderWay(Refusal):
    """The import is being checked or stored at this moment, or is stored already."""


def receive(*, name: str, by: Person, at: datetime) -> Import:
    """Begin an import whose files are put into its folder.

    Raises:
        NotAllowed: the role may not import.
    """
    importing.demand(by)
    return records.start(name, by=by, at=at, status=Status.DRAFT)


def remember(record: Import, **options: Any) -> None:
    """Keep how the files are to be read."""
    record.options = {**record.options, **options}
    record.save(update_fields=["options"])


def begin_check(record: Import) -> None:
    """Have a job say what the import would do.

    Raises:
        UnderWay: it runs, or is stored.
    """
    _begin(record, Status.CHECKING, {})


def begin_store(
    record: Import, *, by: Person, at: datetime, partial: bool = False, blank_erases: bool = False
) -> None:
    """Have a job store it.

    Raises:
        NotAllowed: the role may not import.
        UnderWay: it runs, or is stored.
    """
    importing.demand(by)
    record.by, record.at = by, at
    _begin(record, Status.RUNNING, {"partial": partial, "blank_erases": blank_erases})


def rejected_files(record: Import) -> list[Path]:
    """Return the rejected rows as CSV files."""
    return sorted((folder(record) / "rejected").glob("*.csv"))


def newest(limit: int = 50) -> list[Import]:
    """Return the latest imports, newest first."""
    return list(Import.objects.select_related("by", "undone_by").order_by("-at", "-pk")[:limit])


def stored_from(source: str) -> Import | None:
    """Return the newest stored import of a source, one that was not undone."""
    found = Import.objects.filter(source=source, status=Status.STORED).order_by("-at", "-pk")
    return found.first()


def get(pk: int) -> Import | None:
    """Return an import."""
    return Import.objects.select_related("by", "undone_by").filter(pk=pk).first()


def discard(record: Import) -> None:
    """Forget an import of which nothing is stored, and its files.

    Raises:
        UnderWay: it runs, or is stored.
    """
    if status(record) in {*records.UNDER_WAY, Status.STORED, Status.UNDONE}:
        raise UnderWay("This import is stored or being worked on. Undo it instead.")
    records.drop(record)


@transaction.atomic
def _begin(record: Import, to: Status, options: Mapping[str, bool]) -> None:
    if status(record) in {*records.UNDER_WAY, Status.STORED, Status.UNDONE}:
        raise UnderWay("This import is under way, or stored already.")
    waiting = Import.objects.filter(pk=record.pk, status=record.status)
    if not waiting.update(
        status=to, options={**record.options, **options}, by=record.by, at=record.at
    ):
        raise UnderWay("This import is under way, or stored already.")
    record.refresh_from_db()
    records.release(record)
    jobs.perform_import.enqueue(record.pk)
