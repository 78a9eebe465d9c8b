"""What is imported: a folder or zip of workspace files, a single one, or a file of another tool, recognised."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from arbiter.connectors.tables.archive import unpack
from arbiter.connectors.tables.mistakes import is_archive
from arbiter.connectors.tables.reading import Table
from arbiter.connectors.workspace_files import events, folders
from arbiter.connectors.workspace_files.sheets import open_sheet
from arbiter.connectors.workspace_files.spec import FILES, FORMAT, File
from arbiter.foundation.refusals import Refusal

ENDINGS = (".csv", ".parquet")
MANIFEST = "workspace.json"


class Translated(Protocol):
    """A row of a workspace file made from a row of another tool's file."""

    file: str
    row: dict[str, str]
    line: int
    source: str


@runtime_checkable
class Untranslatable(Protocol):
    """A row of another tool's file that could not be read."""

    line: int
    column: str
    value: str
    reason: str
    remedy: str
    source: str


@dataclass
class WorkspaceFiles:
    """Workspace files that were found, and what was left aside."""

    name: str
    paths: list[tuple[Path, File]]
    skipped: list[tuple[str, str]] = field(default_factory=list)
    categories: Mapping[str, str] = field(default_factory=dict)
    events: Path | None = None

    @property
    def files(self) -> list[str]:
        """The names of the files that are read."""
        return [path.name for path in (*(path for path, _ in self.paths), self.events) if path]


@dataclass
class Recognised:
    """Files of other tools, given as the rows of workspace files that they amount to.

    Attributes:
        items: streams the rows, and the rows that could not be read; called once per run.
        tables: the files themselves by name, for writing rejected rows back.
        notes: what is worth telling about the reading; called after it.
    """

    name: str
    items: Callable[[], Iterable[Translated | Untranslatable]]
    tables: Mapping[str, Table] = field(default_factory=dict)
    notes: Callable[[], list[str]] = list
    skipped: list[tuple[str, str]] = field(default_factory=list)
    categories: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> list[str]:
        """The names of the files that are read."""
        return list(self.tables) or [self.name]


Source = WorkspaceFiles | Recognised


def open_source(path: Path, *, name: str = "") -> WorkspaceFiles:
    """Open a folder, a zip or a single workspace file; `name` is what people know it as.

    Raises:
        Refusal: there is nothing there, nothing of ours, or a newer format.
    """
    if not path.exists():
        raise Refusal(f"{path} does not exist. Give a folder, a zip or a file.")
    name = name or path.name
    if path.is_dir():
        return _folder(path, name)
    if path.suffix.lower() == ".zip" or is_archive(path):
        return _zip(path, name)
    if events.is_events(path):
        return WorkspaceFiles(name, [], events=path)
    file = workspace_file(path)
    if file is None:
        raise Refusal(f"{path.name} is not a workspace file: its columns are none of the known ones.")  # fmt: skip
    return WorkspaceFiles(name, [(path, file)])


def _zip(path: Path, name: str) -> WorkspaceFiles:
    source = WorkspaceFiles(name, [])
    unpacked = folders.passing(source, "arbiter-zip-")
    unpack(path, unpacked, name)
    inside = _folder(unpacked, name)
    source.paths, source.skipped = inside.paths, inside.skipped
    source.categories, source.events = inside.categories, inside.events
    return source


def workspace_file(path: Path) -> File | None:
    """Return which workspace file a single file is; None when it has another shape.

    Its name decides where it has the columns that file needs; else its columns do, if it has no others.
    """
    if path.suffix.lower() not in ENDINGS or events.is_events(path):
        return None
    named = FILES.get(path.stem.lower())
    if named is not None and _required(named) <= _header(path, named):
        return named
    for file in FILES.values():
        header = _header(path, file)
        if _required(file) <= header <= file.by_name.keys():
            return file
    return None


def _required(file: File) -> set[str]:
    return {column.name for column in file.columns if column.required}


def _header(path: Path, file: File) -> set[str]:
    return {name.strip().casefold() for name in open_sheet(path, file).columns}


def _folder(folder: Path, name: str) -> WorkspaceFiles:
    paths = list(_paths(folder))
    found: dict[str, Path] = {}
    skipped = []
    for path in paths:
        if path.name == MANIFEST:
            continue
        why = _why_skipped(path)
        noun = events.NAME if events.is_events(path) else path.stem.lower()
        if why:
            skipped.append((path.name, why))
        elif noun in found:
            raise Refusal(f"{name} has both {found[noun].name} and {path.name}. Give one of them.")
        else:
            found[noun] = path
    if not found:
        raise Refusal(f"{name} holds no workspace files. One of them is customers.csv.")
    if "customers" not in found:
        raise Refusal(f"{name} has no customers.csv. Add it, or give a single file of rows about customers that are there.")  # fmt: skip
    manifest = _manifest(paths)
    read = [(found[each], FILES[each]) for each in FILES if each in found]
    return WorkspaceFiles(
        name, read, skipped=skipped, categories=manifest, events=found.get(events.NAME)
    )


def _paths(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder, or those of the one folder inside it, as zips are often made."""
    inside = sorted(
        path for path in folder.iterdir() if not path.name.startswith((".", "__MACOSX"))
    )
    if len(inside) == 1 and inside[0].is_dir():
        yield from _paths(inside[0])
    else:
        yield from inside


def _why_skipped(path: Path) -> str:
    if events.is_events(path) and path.is_file():
        return ""
    if path.is_dir():
        return "a folder inside is not read"
    if path.stem.lower() not in FILES:
        return "not a workspace file"
    if path.suffix.lower() not in ENDINGS:
        return "only .csv and .parquet are read"
    return ""


def _manifest(paths: list[Path]) -> dict[str, str]:
    """Return the company's own categories of goals, after a look at the format.

    Raises:
        Refusal: it is newer than this version, or cannot be read.
    """
    path = next((path for path in paths if path.name == MANIFEST), None)
    if path is None:
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
        version = told["format"]
        named = {each["slug"]: each["label"] for each in told.get("categories", [])}
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refusal(f'{MANIFEST} cannot be read. It begins {{"format": {FORMAT}, …}}; without it, format {FORMAT} is assumed.') from fault  # fmt: skip
    if type(version) is not int or version < 1:
        raise Refusal(f"{MANIFEST} names format {version!r}. Known is format {FORMAT}.")
    if version > FORMAT:
        raise Refusal(f"{MANIFEST} names format {version}, which is newer than this version of Arbiter reads ({FORMAT}). Upgrade first.")  # fmt: skip
    return named
