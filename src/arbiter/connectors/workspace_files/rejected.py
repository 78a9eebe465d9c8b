"""Rejected rows as files of their own: the columns they came in, their line and the reason.

A workspace file of rejected rows can be corrected and imported as it is: the two added columns are no data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from arbiter.connectors.tables.reading import Table
from arbiter.connectors.tables.writing import write_rejected
from arbiter.connectors.workspace_files.exporting import write_row
from arbiter.connectors.workspace_files.report import Report
from arbiter.connectors.workspace_files.sheets import open_sheet
from arbiter.connectors.workspace_files.sources import Recognised, Source
from arbiter.connectors.workspace_files.spec import REJECTED_LINE, REJECTED_REASON, File
from arbiter.foundation.refusals import Refusal


def write(source: Source, report: Report, folder: Path) -> list[Path]:
    """Write one CSV file for each file that has rejected rows; return what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    return list(_written(source, report, folder))


def write_to(source: Source, report: Report, path: Path) -> list[Path]:
    """Write to the file that is named; where several files have rejected rows, one beside the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.parent / f".{path.name}.parts"
    parts = write(source, report, beside)
    targets = [path]
    if len(parts) > 1:
        targets = [path.with_name(f"{path.stem}-{part.stem}{path.suffix}") for part in parts]
    for part, target in zip(parts, targets, strict=False):
        part.replace(target)
    beside.rmdir()
    return targets[: len(parts)]


def _written(source: Source, report: Report, folder: Path) -> Iterator[Path]:
    if isinstance(source, Recognised):
        for name, table in source.tables.items():
            yield from _foreign(table, report.found.lines_of(name), folder / f"{Path(name).stem}.csv")  # fmt: skip
        return
    for path, file in source.paths:
        yield from _own(path, file, report.found.lines_of(path.name), folder / f"{path.stem}.csv")


def _foreign(table: Table, reasons: dict[int, str], to: Path) -> Iterator[Path]:
    if reasons:
        with to.open("w", encoding="utf-8", newline="") as file:
            write_rejected(table, reasons, file)
        yield to


def _own(path: Path, file: File, reasons: dict[int, str], to: Path) -> Iterator[Path]:
    if not reasons:
        return
    try:
        sheet = open_sheet(path, file)
        rows: Iterator[tuple[int, Sequence[str]]] = sheet.rows()
        kept = [place for place, name in enumerate(sheet.columns) if name not in {REJECTED_LINE, REJECTED_REASON}]  # fmt: skip
        with to.open("w", encoding="utf-8", newline="") as opened:
            header = [sheet.columns[place] for place in kept]
            write_row(opened, [*header, REJECTED_LINE, REJECTED_REASON])
            for line, cells in rows:
                if line in reasons:
                    write_row(opened, [*(cells[place] for place in kept), str(line), reasons[line]])
    except Refusal:
        # The file breaks off in the middle of a quotation: what came before is all there is to give back.
        if not to.exists():
            return
    yield to
