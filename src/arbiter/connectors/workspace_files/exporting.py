"""Writing everything out as workspace files: the same data give the same bytes, on any database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from arbiter.connectors.workspace_files import events
from arbiter.connectors.workspace_files.sources import MANIFEST
from arbiter.connectors.workspace_files.spec import FILES, FORMAT, USUAL_CATEGORIES, File
from arbiter.foundation import outlet
from arbiter.foundation.refusals import Refusal
from arbiter.outcomes.queries import outlet as outcomes


class NotEmpty(Refusal):
    """The folder holds other things than an export."""


def export(folder: Path, *, parquet: bool = False) -> dict[str, int]:
    """Write the workspace files into a folder; return how many rows each has.

    A file without rows is not written, except customers. An earlier export in the folder is replaced.

    Raises:
        NotEmpty: the folder holds something that is not an export.
    """
    # Reading the log needs libraries that take longer to load than all the rest.
    from arbiter.usage.queries import events_out

    _prepare(folder)
    counts, newest = {}, ""
    for file in FILES.values():
        if file.name != "customers" and outlet.is_empty(file.intake.shape):
            continue
        path = folder / f"{file.name}.csv"
        counts[file.name], latest = _write(path, file)
        newest = max(newest, latest)
        if parquet:
            _to_parquet(path, file)
    if not events_out.is_empty():
        counts[events.NAME], known = events_out.write(folder / file_name(events.NAME))
        newest = max(newest, outlet.text_of(known).removesuffix("Z"))
    (folder / MANIFEST).write_text(_manifest(newest), encoding="utf-8")
    return counts


def file_name(name: str, *, parquet: bool = False) -> str:
    """Return what a file of an export is called; events are always Parquet, for there are many."""
    return f"{name}.{'parquet' if parquet or name == events.NAME else 'csv'}"


def _prepare(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise NotEmpty(f"{folder} is a file. Name a folder.")
    folder.mkdir(parents=True, exist_ok=True)
    known = {f"{name}{ending}" for name in FILES for ending in (".csv", ".parquet")} | {MANIFEST}
    known.add(file_name(events.NAME))
    others = sorted(path.name for path in folder.iterdir() if path.name not in known)
    if others:
        raise NotEmpty(f"{folder} holds other files ({others[0]} …). Name an empty folder.")
    for path in folder.iterdir():
        path.unlink()


def _write(path: Path, file: File) -> tuple[int, str]:
    """Write one file; return its rows and the newest moment at which one became known."""
    shape = file.intake.shape
    columns, custom = outlet.used(shape), outlet.custom_columns(shape)
    count, newest = 0, ""
    with path.open("w", encoding="utf-8", newline="") as opened:
        write_row(opened, [*columns, *custom])
        for row in outlet.rows(shape):
            cells = [row.texts[name] for name in columns]
            write_row(opened, [*cells, *(row.custom.get(name, "") for name in custom)])
            newest = max(newest, row.texts.get("recorded_at", "").removesuffix("Z"))
            count += 1
    return count, newest


def write_row(to: TextIO, cells: Sequence[str]) -> None:
    """Write one record by RFC 4180, a lone carriage return quoted too, whatever Python's own writer does."""
    line = ",".join(cells)
    if line.count(",") != len(cells) - 1 or any(mark in line for mark in '"\r\n'):
        line = ",".join(_quoted(cells))
    to.write(line + "\n")


def _quoted(cells: Iterable[str]) -> Iterator[str]:
    for cell in cells:
        if any(mark in cell for mark in ',"\r\n'):
            yield '"' + cell.replace('"', '""') + '"'
        else:
            yield cell


def _manifest(newest: str) -> str:
    told: dict[str, object] = {"format": FORMAT, "exported_at": f"{newest}Z" if newest else None}
    own = [(slug, label) for slug, label in outcomes.categories() if slug not in USUAL_CATEGORIES]
    if own:
        told["categories"] = [{"slug": slug, "label": label} for slug, label in own]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _to_parquet(path: Path, file: File) -> None:
    """Turn a CSV file into Parquet with the same columns, dates and instants as such."""
    import polars

    text = polars.scan_csv(path, infer_schema=False)
    casts = []
    for name in text.collect_schema().names():
        column = file.by_name.get(name)
        typed = column and column.kind.parquet
        if typed == "date":
            casts.append(polars.col(name).str.to_date("%Y-%m-%d"))
        elif typed == "instant":
            casts.append(polars.col(name).str.to_datetime(time_unit="us", time_zone="UTC"))
        elif typed == "boolean":
            casts.append(polars.col(name) == "true")
        elif typed == "number":
            casts.append(polars.col(name).cast(polars.Float64))
        elif typed == "whole":
            casts.append(polars.col(name).cast(polars.Int64))
    text.with_columns(casts).sink_parquet(path.with_suffix(".parquet"))
    path.unlink()
