"""What an import found and did: counts per file, problems, and in a dry run every row's difference."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from arbiter.connectors.workspace_files import folders
from arbiter.connectors.workspace_files.problems import Problem, Problems

CREATED, UPDATED, UNCHANGED, CONFLICT = "created", "updated", "unchanged", "conflict"


@dataclass(slots=True)
class Counts:
    """How many rows of a file went which way. A conflict is rejected, and counted beside it."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    conflict: int = 0
    rejected: int = 0

    @property
    def rows(self) -> int:
        """All rows of the file."""
        return self.created + self.updated + self.unchanged + self.rejected


@dataclass(frozen=True, slots=True)
class Change:
    """What an import does, or would do, to one row; before and after by column."""

    file: str
    line: int
    key: str
    state: str
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come."""

    stage: str
    file: str = ""
    done: int = 0
    total: int = 0


Watch = Callable[[Progress], None]


class Report:
    """The outcome of a dry run or an import. Long lists lie in a folder that goes when the report does."""

    def __init__(self, source: str, files: Sequence[str]) -> None:
        self.folder = folders.passing(self, "arbiter-import-")
        self.source = source
        self.files = list(files)
        self.counts: dict[str, Counts] = {}
        self.found = Problems(self.folder / "problems.jsonl")
        self.skipped: list[tuple[str, str]] = []
        self.custom: dict[str, list[str]] = {}
        self.notes: list[str] = []
        self.people: list[str] = []
        self.dry_run = True
        self.stored = False
        self.import_id: int | None = None
        self.waiting = 0
        self._changes = self.folder / "changes.jsonl"

    @property
    def rows(self) -> int:
        """All rows that were read."""
        return sum(counts.rows for counts in self.counts.values())

    @property
    def problems(self) -> list[Problem]:
        """The first thousand problems."""
        return self.found.first

    @property
    def problem_count(self) -> int:
        """How many problems there are."""
        return self.found.count

    @property
    def rejected(self) -> int:
        """How many rows were not taken."""
        return sum(counts.rejected for counts in self.counts.values())

    def note(self, changes: Sequence[Change]) -> None:
        """Keep the differences of some rows."""
        with self._changes.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(change)) + "\n" for change in changes)

    def changes(self) -> Iterator[Change]:
        """Yield the difference of every row, file by file; after a dry run only."""
        if not self._changes.exists():
            return
        with self._changes.open(encoding="utf-8") as file:
            for line in file:
                yield Change(**json.loads(line))

    def to_json(self, *, changes: bool = False) -> dict[str, Any]:
        """Return everything as `arbiter import --json` prints it."""
        told: dict[str, Any] = {
            "source": self.source,
            "dry_run": self.dry_run,
            "stored": self.stored,
            "import": self.import_id,
            "waiting": self.waiting,
            "files": {f"{name}.csv": asdict(counts) for name, counts in self.counts.items()},
            "rejected": [asdict(problem) for problem in self.found.every()],
            "skipped": [{"file": name, "reason": why} for name, why in self.skipped],
            "notes": self.notes,
            "custom": {f"{name}.csv": columns for name, columns in self.custom.items()},
        }
        if changes:
            told["changes"] = [asdict(change) for change in self.changes()]
        return told
