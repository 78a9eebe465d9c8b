"""How imports are spoken of on pages: states, files, counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arbiter.connectors.workspace_files import imports

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from arbiter.connectors.models import Import

STATES = {
    "draft": "Not checked yet",
    "checking": "Being checked",
    "checked": "Checked, not stored",
    "running": "Being stored",
    "stored": "Stored",
    "refused": "Refused, nothing stored",
    "stopped": "Stopped, nothing stored",
    "undone": "Undone",
}
UNDER_WAY = ("checking", "running")
STAGES = {
    "reading": "Reading",
    "checking": "Comparing with what is stored",
    "storing": "Storing",
    "journal": "Writing the journal",
    "standings": "Bringing the pages up to date",
    "done": "Finishing",
}
_FILES = {
    "customers": "Customers",
    "contacts": "Contacts",
    "contracts": "Contracts",
    "beliefs": "Beliefs",
    "signals": "Signals",
    "asks": "Asks",
}
COUNTS = ("created", "updated", "unchanged", "conflict", "rejected")


@dataclass(frozen=True)
class Line:
    """One import in the list."""

    pk: int
    source: str
    by: str
    at: datetime
    state: str
    rows: int


@dataclass(frozen=True)
class FileCounts:
    """What would become, or became, of the rows of one workspace file."""

    label: str
    created: int
    updated: int
    unchanged: int
    conflict: int
    rejected: int


def state_of(record: Import) -> str:
    """The state of an import; one that was undone is that, and one whose process died is stopped."""
    return "undone" if record.undone_at else imports.status(record)


def in_list(record: Import) -> Line:
    by = record.by.name if record.by else "Arbiter"
    return Line(record.pk, record.source, by, record.at, STATES[state_of(record)], record.rows or 0)


def label_of(file: str) -> str:
    stem = file.removesuffix(".csv")
    return _FILES.get(stem, stem.replace("_", " ").capitalize())


def counts_by_file(counts: Mapping[str, Any]) -> list[FileCounts]:
    return [
        FileCounts(label_of(file), *(_number(found, name) for name in COUNTS))
        for file, found in counts.items()
    ]


def total(counts: list[FileCounts], name: str) -> int:
    return sum(getattr(found, name) for found in counts)


def _number(found: Any, name: str) -> int:
    return int(found[name] if isinstance(found, dict) else getattr(found, name))
