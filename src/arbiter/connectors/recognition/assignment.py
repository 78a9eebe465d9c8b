"""Gives each column of a file the meaning that its header and its cells suggest."""

from collections.abc import Callable
from dataclasses import replace

from arbiter.connectors.tables.blanks import is_nothing
from arbiter.connectors.tables.choices import colour_points, read_boolean
from arbiter.connectors.tables.currencies import currency_of
from arbiter.connectors.tables.dates import Unreadable
from arbiter.connectors.tables.headers import Column, normalise
from arbiter.connectors.tables.keys import domain_of
from arbiter.connectors.tables.ratings import is_rating
from arbiter.connectors.tables.reading import Row, Table
from arbiter.connectors.tables.shapes import Shape
from arbiter.connectors.tables.targets import CUSTOM, SKIP, Kind, target_named
from arbiter.connectors.tables.vocabulary import bare
from arbiter.connectors.tables.writing import LINE, REASON

_NOT_DATA = frozenset(map(normalise, (LINE, REASON)))
_AMOUNTS = ("contracts.arr", "contracts.mrr", "contracts.value", "contracts.total")


def assign(table: Table, shape: Shape, sample: list[Row]) -> tuple[str, ...]:
    """One target for each column; what no header names is left to the shape."""
    cells = _cells_by_column(table, shape, sample)
    taken: dict[int, str] = {}
    for target, headers in shape.fields.items():
        _take(table, shape, target, headers, cells, taken)
    _one_amount(taken, cells)
    _contact_is_an_address(taken, cells)
    headings = [row for row in sample if shape.is_heading(row)]
    for column in table.columns:
        if column.position not in taken:
            taken[column.position] = _left_over(column, shape, headings, cells, taken)
    return tuple(taken[column.position] for column in table.columns)


def _left_over(
    column: Column,
    shape: Shape,
    headings: list[Row],
    cells: list[list[str]],
    taken: dict[int, str],
) -> str:
    """What the shape makes of a column nobody named, by all its header rows; a meaning is given once."""
    if _says_nothing(column):
        return SKIP
    name = " ".join([column.name, *(row.cells[column.position] for row in headings)])
    target = shape.leftovers(replace(column, name=name) if headings else column)
    if target in (SKIP, CUSTOM):
        return target
    kind = target_named(target, shape.targets).kind
    is_free = target not in taken.values() and _is_plausible(kind, cells[column.position])
    return target if is_free else SKIP


def _says_nothing(column: Column) -> bool:
    return not column.name or column.normal in _NOT_DATA


def _cells_by_column(table: Table, shape: Shape, sample: list[Row]) -> list[list[str]]:
    rows = [row for row in sample if not shape.is_heading(row)]
    return [
        [cell for row in rows if not is_nothing(cell := row.cells[column.position])]
        for column in table.columns
    ]


def _take(
    table: Table,
    shape: Shape,
    target: str,
    headers: tuple[str, ...],
    cells: list[list[str]],
    taken: dict[int, str],
) -> None:
    """The best column for a target: one with content before an empty one, a better header first."""
    rank = {header: place for place, header in reversed(list(enumerate(headers)))}
    found = []
    for column in table.columns:
        header = column.normal if column.normal in rank else bare(column.normal)
        if header in rank and column.position not in taken and column.name:
            found.append((not cells[column.position], rank[header], column.position))
    if target == SKIP:
        taken.update({position: SKIP for _, _, position in found})
        return
    kind = target_named(target, shape.targets).kind
    for _, _, position in sorted(found):
        if _is_plausible(kind, cells[position]):
            taken[position] = target
            return


def _is_plausible(kind: Kind, cells: list[str]) -> bool:
    """Whether any cell could be of this kind. A header alone may mislead: `Owner` holds names."""
    return not cells or kind not in _SIGNS or any(_SIGNS[kind](cell) for cell in cells)


def _has_digit(cell: str) -> bool:
    return any(character.isdigit() for character in cell)


def _is_boolean(cell: str) -> bool:
    try:
        read_boolean(cell)
    except Unreadable:
        return False
    return True


_SIGNS: dict[Kind, Callable[[str], bool]] = {
    Kind.DATE: _has_digit,
    Kind.INSTANT: _has_digit,
    Kind.MONEY: _has_digit,
    Kind.NUMBER: _has_digit,
    Kind.WHOLE: _has_digit,
    Kind.SHARE: _has_digit,
    Kind.SCORE: lambda cell: _has_digit(cell) or colour_points(cell) is not None,
    Kind.EMAIL: lambda cell: "@" in cell,
    Kind.DOMAIN: lambda cell: bool(domain_of(cell)),
    Kind.BOOLEAN: _is_boolean,
    Kind.RATING: is_rating,
    Kind.CURRENCY: lambda cell: currency_of(cell) is not None,
}


def _one_amount(taken: dict[int, str], cells: list[list[str]]) -> None:
    """Of several amounts keep the clearest that is filled; a yearly and a monthly one may both stay."""
    found = {target: position for position, target in taken.items() if target in _AMOUNTS}
    if len(found) < 2:
        return
    fullest = max(len(cells[position]) for position in found.values())
    chosen = next(t for t in _AMOUNTS if t in found and len(cells[found[t]]) * 2 >= fullest)
    for target, position in found.items():
        both = {chosen, target} <= {"contracts.arr", "contracts.mrr"}
        if target != chosen and not both:
            del taken[position]


def _contact_is_an_address(taken: dict[int, str], cells: list[list[str]]) -> None:
    for position, target in list(taken.items()):
        slot, _, field = target.partition(".")
        if field != "name" or slot == "customers" or f"{slot}.email" in taken.values():
            continue
        addresses = sum("@" in cell for cell in cells[position])
        if addresses * 2 > len(cells[position]):
            taken[position] = f"{slot}.email"
