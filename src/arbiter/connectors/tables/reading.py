"""Opens a delimited file as a table and streams its rows, each with the line it stands on."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from arbiter.connectors.tables.delimiters import declares_delimiter, detect_delimiter
from arbiter.connectors.tables.encoding import detect_encoding
from arbiter.connectors.tables.headers import Column, columns_of, fingerprint
from arbiter.connectors.tables.mistakes import refuse_what_is_no_table
from arbiter.foundation.refusals import Refusal

LONGEST_CELL = 4_000_000
MOST_COLUMNS = 5_000
_SAMPLE = 1 << 18
_ROWS_LOOKED_AT = 200

# The limit belongs to the csv module as a whole. HubSpot writes whole mails into a cell, far over
# the 128 KiB it starts with; a cell beyond ours is a quotation mark that nobody closed.
csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one record, as many as there are columns, and its first physical line."""

    line: int
    cells: tuple[str, ...]
    width: int

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited file whose header has been read. Rows are read anew at each call of `rows`."""

    path: Path
    name: str
    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    header_line: int

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.columns)

    @property
    def headers(self) -> frozenset[str]:
        return frozenset(column.normal for column in self.columns if column.name)

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank, in file order, without holding more than one.

        Raises:
            Refusal: the quoting is broken; names the line where it began.
        """
        wanted = len(self.columns)
        with _opened(self.path, self.encoding) as file:
            for line, cells in _records(file, self.delimiter, self.name):
                if line <= self.header_line:
                    continue
                row = _row(line, cells, wanted)
                if not row.is_blank:
                    yield row

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of every record after the header as they stand, blank ones too: for large files.

        Raises:
            Refusal: the quoting is broken; names the line where it began.
        """
        with _opened(self.path, self.encoding) as file:
            records = _records(file, self.delimiter, self.name)
            next(line for line, _ in records if line >= self.header_line)
            yield from records

    def sample(self, count: int = 200) -> list[Row]:
        return list(islice(self.rows(), count))


def open_table(path: Path, name: str | None = None) -> Table:
    """Find out encoding, delimiter and header of a file.

    Raises:
        Refusal: the file is empty, no text, no table, or its header cannot be used.
    """
    name = name or path.name
    refuse_what_is_no_table(path, name)
    encoding = detect_encoding(path, name)
    with _opened(path, encoding) as file:
        delimiter = detect_delimiter(file.read(_SAMPLE))
    line, cells = _header(path, name, encoding, delimiter)
    return Table(path, name, encoding, delimiter, columns_of(cells), line)


def _opened(path: Path, encoding: str) -> TextIO:
    return path.open(encoding=encoding, newline="")


def _header(path: Path, name: str, encoding: str, delimiter: str) -> tuple[int, list[str]]:
    with _opened(path, encoding) as file:
        records = _records(file, delimiter, name)
        for line, cells in records:
            first_line_only = line == 1 and declares_delimiter(delimiter.join(cells))
            if first_line_only or not any(cell.strip("\ufeff \t") for cell in cells):
                continue
            _refuse_bad_header(name, line, cells)
            used = _widest(islice(records, _ROWS_LOOKED_AT))
            return line, _without_empty_end(cells, used)
    raise Refusal(f"{name} is empty. Export it again with at least a header row.")


def _widest(records: Iterable[tuple[int, list[str]]]) -> int:
    """How many cells the fullest of some records has."""
    return max((_filled(cells) for _, cells in records), default=0)


def _filled(cells: list[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return width


def _without_empty_end(header: list[str], used: int) -> list[str]:
    """Columns without a name at the end are dropped, unless rows have something in them."""
    return header[: max(_filled(header), min(used, len(header)))]


def _refuse_bad_header(name: str, line: int, cells: list[str]) -> None:
    if len(cells) > MOST_COLUMNS:
        raise Refusal(
            f"{name}, line {line}: the header has {len(cells)} columns; at most {MOST_COLUMNS} "
            "are read. Export fewer columns."
        )
    longest = max(cells, key=len)
    if len(longest) > 2_000:
        raise Refusal(
            f"{name}, line {line}: a column name is {len(longest)} characters long. "
            "Check that the first row holds the column names."
        )


def _records(file: TextIO, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise Refusal(_broken(name, begins, reader.line_num, str(fault))) from fault
        yield begins, cells
        begins = reader.line_num + 1


def _broken(name: str, begins: int, ends: int, fault: str) -> str:
    if "unexpected end" in fault or "larger than field limit" in fault:
        return (
            f"{name}, line {begins}: a quotation mark is opened there and never closed. "
            'Close it, or write a quotation mark inside a cell twice ("").'
        )
    where = f"line {begins}" if begins == ends else f"lines {begins} to {ends}"
    return (
        f"{name}, {where}: a quotation mark stands inside a quoted cell. "
        'Write it twice (""), or export the file again.'
    )


def _row(line: int, cells: list[str], wanted: int) -> Row:
    width = len(cells)
    while width > wanted and not cells[width - 1].strip():
        width -= 1
    fitted = cells[:wanted] + [""] * (wanted - len(cells))
    return Row(line, tuple(fitted), width)
