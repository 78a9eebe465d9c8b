"""Reading everything once, before the database is touched: cells, widths, repeated keys, rules of one row.

What is good is spooled to disk in pieces, so that memory stays bounded and the writing transaction, which on
SQLite keeps every other writer waiting, has nothing left to read or to check.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from arbiter.connectors.workspace_files import cells, rules
from arbiter.connectors.workspace_files.cells import Kind, Reader
from arbiter.connectors.workspace_files.chunk import Chunk
from arbiter.connectors.workspace_files.identity import digest, identities
from arbiter.connectors.workspace_files.problems import Problem, Problems, line_in, shown
from arbiter.connectors.workspace_files.sheets import Piece, Sheet, open_sheet
from arbiter.connectors.workspace_files.sources import Recognised, Source, Untranslatable
from arbiter.connectors.workspace_files.spec import (
    FILES,
    REJECTED_LINE,
    REJECTED_REASON,
    USUAL_CATEGORIES,
    File,
)
from arbiter.foundation.refusals import Refusal

Told = Callable[[str, str, int], None]


@dataclass
class Staged:
    """A file that has been read: where its good rows lie, and which columns it has."""

    file: File
    spool: Path
    present: set[str] = field(default_factory=set)
    custom: list[str] = field(default_factory=list)
    rows: int = 0
    rejected: int = 0
    keys: dict[str, int] = field(default_factory=dict)
    parents: list[tuple[str, str]] = field(default_factory=list)

    def chunks(self) -> Iterator[Chunk]:
        """Yield the good rows."""
        if not self.spool.exists():
            return
        with self.spool.open("rb") as file:
            while True:
                try:
                    yield pickle.load(file)  # noqa: S301 - written a moment ago by this process
                except EOFError:
                    return


class Staging:
    """Reads a source into a folder of spools."""

    def __init__(
        self, folder: Path, problems: Problems, *, categories: Iterable[str], told: Told
    ) -> None:
        self.folder = folder
        self.problems = problems
        self.staged: dict[str, Staged] = {}
        self._told = told
        self._seen: dict[str, dict[str | bytes, int]] = {}
        known = tuple(dict.fromkeys((*USUAL_CATEGORIES, *categories)))
        self._special = {("goals", "category"): cells.choice(known)}
        self._readers: dict[tuple[str, str], Reader] = {}

    def read(self, source: Source) -> dict[str, Staged]:
        """Read everything; return what was staged by file, in the order it is stored."""
        if isinstance(source, Recognised):
            self._read_recognised(source)
        else:
            for path, file in source.paths:
                self._read_file(path, file)
        self._seen.clear()
        self._readers.clear()
        return {name: self.staged[name] for name in FILES if name in self.staged}

    # --- workspace files -------------------------------------------------------------------------

    def _read_file(self, path: Path, file: File) -> None:
        try:
            sheet = open_sheet(path, file)
            known, custom = self._columns(sheet)
            staged = self._staged(file)
            staged.present.update(known)
            staged.custom = sorted(custom)
            for piece in sheet.pieces():
                self._take_piece(staged, sheet, piece, known, custom)
        except Refusal as refusal:
            self._fatal(path.name, line_in(str(refusal)), str(refusal))
        if file.name in self.staged:
            self._finish(self.staged[file.name])

    def _columns(self, sheet: Sheet) -> tuple[dict[str, int], dict[str, int]]:
        """Return the places of the columns we know and of those we do not."""
        known: dict[str, int] = {}
        custom: dict[str, int] = {}
        for place, label in enumerate(sheet.columns):
            name = label.strip().casefold()
            if name in sheet.file.by_name:
                known[name] = place
            elif name.removesuffix(" (2)") in sheet.file.by_name:
                self._fatal(sheet.name, sheet.header_line, f"the column {name.removesuffix(' (2)')} stands there twice. Remove one.")  # fmt: skip
            elif name not in {REJECTED_LINE, REJECTED_REASON}:
                custom[label] = place
        for column in sheet.file.columns:
            if column.required and column.name not in known:
                reason = f"the column {column.name} is missing. Add it: every row needs it."
                self._fatal(sheet.name, sheet.header_line, reason, column.name)
        return known, custom

    def _take_piece(
        self,
        staged: Staged,
        sheet: Sheet,
        piece: Piece,
        known: Mapping[str, int],
        custom: Mapping[str, int],
    ) -> None:
        for line, reason in piece.misfits:
            self.problems.add(Problem(sheet.name, line, "", "", reason))
        staged.rejected += len(piece.misfits)
        self._take(
            staged,
            piece.lines,
            [sheet.name] * len(piece.lines),
            {name: piece.cells[place] for name, place in known.items()},
            {name: piece.cells[place] for name, place in custom.items()},
        )

    # --- other tools' files ----------------------------------------------------------------------

    def _read_recognised(self, source: Recognised) -> None:
        """Share rows out among the workspace files. A customer told twice is told once: the last word wins."""
        waiting: dict[str, list[tuple[int, str, dict[str, str]]]] = {}
        customers: dict[str, tuple[int, str, dict[str, str]]] = {}
        for item in source.items():
            if isinstance(item, Untranslatable):
                reason = f"{item.reason}. {item.remedy}"
                self.problems.add(Problem(item.source, item.line, item.column, shown(item.value), reason))  # fmt: skip
                self._staged(FILES["customers"]).rejected += 1
                continue
            name = item.file.removesuffix(".csv")
            if name == "customers":
                first = customers.setdefault(item.row["customer_id"], (item.line, item.source, {}))
                first[2].update((column, cell) for column, cell in item.row.items() if cell)
                continue
            rows = waiting.setdefault(name, [])
            rows.append((item.line, item.source, item.row))
            if len(rows) == 4_000:
                self._take_rows(FILES[name], rows)
                rows.clear()
        everyone = list(customers.values())
        for start in range(0, len(everyone), 4_000):
            self._take_rows(FILES["customers"], everyone[start : start + 4_000])
        for name, rows in waiting.items():
            self._take_rows(FILES[name], rows)
        for staged in self.staged.values():
            self._finish(staged)

    def _take_rows(self, file: File, rows: Sequence[tuple[int, str, dict[str, str]]]) -> None:
        staged = self._staged(file)
        names = set().union(*(row.keys() for _, _, row in rows))
        columns = {name: [row.get(name, "") for _, _, row in rows] for name in sorted(names)}
        known = {name: column for name, column in columns.items() if name in file.by_name}
        custom = {name: column for name, column in columns.items() if name not in file.by_name}
        staged.present.update(known)
        staged.custom = sorted({*staged.custom, *custom})
        lines, sources = [line for line, _, _ in rows], [source for _, source, _ in rows]
        self._take(staged, lines, sources, known, custom)

    # --- both ------------------------------------------------------------------------------------

    def _take(
        self,
        staged: Staged,
        lines: list[int],
        names: list[str],
        known: Mapping[str, Sequence[str]],
        custom: Mapping[str, Sequence[str]],
    ) -> None:
        """Read cells into canonical text, and spool the rows in which nothing is wrong."""
        if not lines:
            return
        file, bad = staged.file, set[int]()
        blank = [""] * len(lines)
        chunk = Chunk(lines, names, {}, {})
        for column in file.columns:
            raw = known.get(column.name, blank)
            texts, unread = self._reader(file, column.name, column.kind).read(raw)
            for place, reason in unread:
                self._reject(chunk, place, column.name, raw[place], reason, bad)
            if column.required and "" in texts:
                self._require(chunk, column.name, raw, texts, bad)
            chunk.texts[column.name] = texts
        for name, raw in custom.items():
            chunk.custom[name], unread = self._reader(file, name, cells.text()).read(raw)
            for place, reason in unread:
                self._reject(chunk, place, name, raw[place], reason, bad)
        self._check_rules(file, chunk, bad)
        self._check_repeats(staged, chunk, bad)
        self._spool(staged, chunk, bad)

    def _require(
        self, chunk: Chunk, name: str, raw: Sequence[str], texts: Sequence[str], bad: set[int]
    ) -> None:
        for place, text in enumerate(texts):
            if not text and not raw[place].strip():
                self._reject(chunk, place, name, "", "it is empty, and every row needs it. Fill it in.", bad)  # fmt: skip

    def _check_rules(self, file: File, chunk: Chunk, bad: set[int]) -> None:
        wrong_already = set(bad)
        for place, name, reason in rules.broken(file.name, chunk.texts):
            if place not in wrong_already:
                self._reject(chunk, place, name, chunk.texts[name][place], reason, bad)

    def _check_repeats(self, staged: Staged, chunk: Chunk, bad: set[int]) -> None:
        file = staged.file
        seen = self._seen.setdefault(file.name, {})
        for place, key in enumerate(_identities(file, chunk)):
            if place in bad:
                continue
            if key not in seen:
                seen[key] = chunk.lines[place]
                continue
            name = file.columns[0].name
            same = f"the same {' and '.join(file.identity)}" if file.identity else "the one row"
            reason = f"{same} stands on line {seen[key]}. Keep one of the two rows."
            self._reject(chunk, place, name, chunk.texts[name][place], reason, bad)

    def _spool(self, staged: Staged, chunk: Chunk, bad: set[int]) -> None:
        staged.rejected += len(bad)
        if bad:
            chunk = chunk.kept([place for place in range(len(chunk)) if place not in bad])
        staged.rows += len(chunk)
        for name in staged.file.intake.late:
            keys = chunk.texts[staged.file.identity[0]]
            staged.parents += [(key, parent) for key, parent in zip(keys, chunk.texts[name], strict=True) if parent]  # fmt: skip
        with staged.spool.open("ab") as spool:
            pickle.dump(chunk, spool, protocol=5)
        self._told("reading", staged.file.name, sum(each.rows + each.rejected for each in self.staged.values()))  # fmt: skip

    def _finish(self, staged: Staged) -> None:
        """Keep the keys only where rows of the file may name each other; let go of the rest."""
        seen = self._seen.pop(staged.file.name, {})
        if staged.parents:
            staged.keys = seen  # type: ignore[assignment]

    def _staged(self, file: File) -> Staged:
        if file.name not in self.staged:
            self.staged[file.name] = Staged(file, self.folder / f"{file.name}.spool")
        return self.staged[file.name]

    def _reader(self, file: File, name: str, kind: Kind) -> Reader:
        place = (file.name, name)
        if place not in self._readers:
            self._readers[place] = Reader(self._special.get(place, kind))
        return self._readers[place]

    def _reject(
        self, chunk: Chunk, place: int, column: str, value: str, reason: str, bad: set[int]
    ) -> None:
        line, name = chunk.lines[place], chunk.names[place]
        self.problems.add(Problem(name, line, column, shown(value.strip()), reason))
        bad.add(place)

    def _fatal(self, name: str, line: int, reason: str, column: str = "") -> None:
        self.problems.add(Problem(name, line, column, "", reason), fatal=True)


def _identities(file: File, chunk: Chunk) -> Iterable[str | bytes]:
    """Return what tells the rows apart: their key, else a digest of the columns that do."""
    if file.has_key:
        return chunk.texts[file.identity[0]]
    return map(digest, identities(file, chunk))
