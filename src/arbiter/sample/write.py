"""Puts the sample company into a folder, in the workspace format that the importer reads."""

import csv
import json
from datetime import date
from pathlib import Path

from arbiter.sample import usage
from arbiter.sample.company import found
from arbiter.sample.days import Days
from arbiter.sample.tables import COLUMNS, Tables

FORMAT = 1
SEED = 34


def write(folder: Path, *, today: date, seed: int = SEED) -> None:
    """Write the sample company as it is known on `today`; the same two arguments give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = found(Days(today), seed=seed)
    about = {"format": FORMAT, "exported_at": f"{today.isoformat()}T00:00:00Z", "name": "Ledgerly"}
    (folder / "workspace.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    for file in COLUMNS:
        _write_file(folder / f"{file}.csv", tables, file)
    usage.frame(tables, today=today, seed=seed).write_parquet(folder / "events.parquet")


def _write_file(path: Path, tables: Tables, file: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(COLUMNS[file])
        lines.writerows(tables.rows(file))
