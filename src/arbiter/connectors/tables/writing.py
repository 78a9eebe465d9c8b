"""Writes rejected rows back in the columns they came in, each with its line and the reason."""

import csv
from collections.abc import Mapping
from typing import TextIO

from arbiter.connectors.tables.reading import Table

# Columns that are no data when the corrected file comes back.
LINE, REASON = "rejected_line", "rejected_reason"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_rejected(table: Table, reasons: Mapping[int, str], to: TextIO) -> int:
    """Write the rows standing on the given lines, and return how many there were."""
    writer = csv.writer(to, lineterminator="\n")
    labels = [column.name or column.label for column in table.columns]
    writer.writerow([*map(harmless, labels), LINE, REASON])
    written = 0
    for row in table.rows():
        if row.line in reasons:
            writer.writerow([*map(harmless, row.cells), row.line, harmless(reasons[row.line])])
            written += 1
    return written


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and never runs; numbers stay as they are.

    >>> harmless("=HYPERLINK(1)"), harmless("-12.5")
    ("'=HYPERLINK(1)", '-12.5')
    """
    if not cell.startswith(_FORMULA):
        return cell
    return cell if cell[1:].replace(".", "").replace(",", "").isdigit() else "'" + cell
