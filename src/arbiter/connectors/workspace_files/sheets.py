"""One file of a source, read column by column in pieces: CSV in any of its spellings, or Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arbiter.connectors.tables.reading import Table, open_table
from arbiter.connectors.workspace_files.spec import File
from arbiter.foundation.outlet import decimal_text, instant_text, listed
from arbiter.foundation.refusals import Refusal

if TYPE_CHECKING:
    import polars

PIECE = 4_000


@dataclass(slots=True)
class Piece:
    """Some rows: their lines, their cells by column, and the rows whose width is wrong."""

    lines: list[int]
    cells: list[Sequence[str]]
    misfits: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class CsvSheet:
    """A workspace file as CSV."""

    file: File
    name: str
    table: Table

    @classmethod
    def open(cls, path: Path, file: File) -> CsvSheet:
        """Open it, and see by its header which delimiter it has.

        Raises:
            Refusal: it is no table that can be read.
        """
        table = open_table(path, path.name)
        if sum(name in file.by_name for name in _names(table)) < 2:
            table = _with_comma(table, file)
        return cls(file, path.name, table)

    @property
    def columns(self) -> list[str]:
        """The names of the columns, a repeated one told apart."""
        return [column.label for column in self.table.columns]

    @property
    def header_line(self) -> int:
        """The line of the header."""
        return self.table.header_line

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows.

        Raises:
            Refusal: a quotation mark is never closed.
        """
        lines: list[int] = []
        rows: list[list[str]] = []
        try:
            for line, cells in self.table.records():
                lines.append(line)
                rows.append(cells)
                if len(rows) == PIECE:
                    yield self._piece(lines, rows)
                    lines, rows = [], []
        except Refusal:
            # The file breaks off: what stands before the break has problems of its own.
            if rows:
                yield self._piece(lines, rows)
            raise
        if rows:
            yield self._piece(lines, rows)

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield line and cells, for writing rows back."""
        return ((row.line, row.cells) for row in self.table.rows())

    def _piece(self, lines: list[int], rows: list[list[str]]) -> Piece:
        wanted = len(self.table.columns)
        misfits: list[tuple[int, str]] = []
        if set(map(len, rows)) != {wanted} or not all(row[0] for row in rows):
            lines, rows, misfits = _fitting(lines, rows, wanted)
        cells: list[Sequence[str]] = list(zip(*rows, strict=True))
        return Piece(lines, cells or [()] * wanted, misfits)


@dataclass(frozen=True)
class ParquetSheet:
    """A workspace file as Parquet. Row n stands on line n + 1, as it would in a CSV file."""

    file: File
    name: str
    path: Path
    columns: list[str]
    header_line: int = 1

    @classmethod
    def open(cls, path: Path, file: File) -> ParquetSheet:
        """Open it.

        Raises:
            Refusal: it is no Parquet file.
        """
        import polars

        try:
            columns = polars.scan_parquet(path).collect_schema().names()
        except (polars.exceptions.PolarsError, OSError) as fault:
            raise Refusal(f"{path.name} is no Parquet file that can be read. Write it again.") from fault  # fmt: skip
        return cls(file, path.name, path, columns)

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows."""
        import polars

        whole = polars.scan_parquet(self.path)
        start = 0
        while True:
            frame = whole.slice(start, PIECE).collect()
            if not frame.height:
                return
            cells: list[Sequence[str]] = [_texts(frame[name]) for name in self.columns]
            yield Piece(list(range(start + 2, start + 2 + frame.height)), cells)
            start += frame.height

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield line and cells, for writing rows back."""
        for piece in self.pieces():
            yield from zip(piece.lines, zip(*piece.cells, strict=True), strict=True)


Sheet = CsvSheet | ParquetSheet


def open_sheet(path: Path, file: File) -> Sheet:
    """Open a workspace file by its ending."""
    if path.suffix.lower() == ".parquet":
        return ParquetSheet.open(path, file)
    return CsvSheet.open(path, file)


def _fitting(
    lines: list[int], rows: list[list[str]], wanted: int
) -> tuple[list[int], list[list[str]], list[tuple[int, str]]]:
    """Part the rows as wide as the header from the others; leave out blank ones and empty cells at the end."""
    kept_lines, kept, misfits = [], [], []
    for line, row in zip(lines, rows, strict=True):
        if not any(cell.strip() for cell in row):
            continue
        while len(row) > wanted and not row[-1].strip():
            row.pop()
        if len(row) == wanted:
            kept_lines.append(line)
            kept.append(row)
        else:
            reason = f"the row has {len(row)} cells and the header {wanted}. Look for a missing quotation mark or delimiter."
            misfits.append((line, reason))
    return kept_lines, kept, misfits


def _names(table: Table) -> Iterable[str]:
    return (column.name.casefold() for column in table.columns)


def _with_comma(table: Table, file: File) -> Table:
    """Read the header again with the delimiter we write, for cells full of others mislead the eye."""
    with table.path.open(encoding=table.encoding, newline="") as opened:
        for line, cells in enumerate(csv.reader(opened), start=1):
            if line == table.header_line and sum(cell in file.by_name for cell in cells) >= 2:
                from arbiter.connectors.tables.headers import columns_of

                return replace(table, delimiter=",", columns=columns_of(cells))
    return table


def _texts(column: polars.Series) -> list[str]:
    return [_text(value) for value in column.to_list()]


def _text(value: Any) -> str:
    """Return a Parquet value as the cell of a CSV file would say it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # Without an exponent, which a column of decimals does not read.
        return decimal_text(Decimal(repr(value))) if isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime):
        return instant_text(value) if value.tzinfo else value.isoformat()
    if isinstance(value, list):
        return listed(map(_text, value))
    if isinstance(value, dict):
        return json.dumps(value, default=str, ensure_ascii=False)
    return str(value)
