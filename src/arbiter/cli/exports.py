"""`arbiter export`: everything out, as workspace files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from arbiter.cli.database import set_up_if_new
from arbiter.connectors.workspace_files import exporting


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--parquet", is_flag=True, help="Write Parquet files instead of CSV.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
def export(*, folder: Path, parquet: bool, as_json: bool) -> None:
    """Write all data as workspace files into FOLDER, which `arbiter import` reads."""
    set_up_if_new()
    counts = exporting.export(folder, parquet=parquet)
    files = {exporting.file_name(name, parquet=parquet): rows for name, rows in counts.items()}
    if as_json:
        click.echo(json.dumps({"folder": str(folder), "files": files}, indent=1))
        return
    for name, rows in files.items():
        click.echo(f"{name}: {rows:,} {'row' if rows == 1 else 'rows'}")
    click.echo(f"Written to {folder}.")
