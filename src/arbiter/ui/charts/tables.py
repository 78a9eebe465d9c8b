"""The numbers of a chart as a table, for whoever cannot see the drawing or wants to know exactly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    label: str
    number: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in one field; with an address it opens the names behind it."""

    text: str
    url: str = ""
    number: bool = False


@dataclass(frozen=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell | str]]) -> Table:
    """Columns in which no row has anything to say are left out, except the first."""
    filled = [
        [_cell(given, column) for given, column in zip(row, columns, strict=True)] for row in rows
    ]
    keep = [
        at
        for at in range(len(columns))
        if at == 0 or any(row[at].text not in ("", "–") for row in filled)
    ]
    return Table(
        caption,
        tuple(columns[at] for at in keep),
        tuple(tuple(row[at] for at in keep) for row in filled),
    )


def _cell(given: Cell | str, column: Column) -> Cell:
    cell = given if isinstance(given, Cell) else Cell(given)
    return Cell(cell.text or "–", cell.url, column.number)
