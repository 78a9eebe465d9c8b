"""`arbiter asks`, `arbiter answers`, `arbiter feedback`: what was asked and said, for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

import click

from arbiter.connectors.workspace_files import typed
from arbiter.connectors.workspace_files.exporting import write_row
from arbiter.connectors.workspace_files.spec import FILES
from arbiter.foundation.outlet import Stored
from arbiter.voice.queries import told


def _command(file: str, meaning: str) -> click.Command:
    @click.command(file, help=f"{meaning} In the order in which they were kept; nothing is stored.")
    @click.option("--customer", default="", help="Only those of one customer, by its key.")
    @click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only from a day on (UTC).")
    @click.option("--json", "as_json", is_flag=True, help="One JSON array; otherwise CSV.")
    def listed(*, customer: str, since: datetime | None, as_json: bool) -> None:
        part = told.Part(customer, since.replace(tzinfo=UTC) if since else None)
        rows = told.everything(file, part=part)
        if as_json:
            _as_json(file, rows)
        else:
            _as_csv(file, rows)

    return listed


def _as_csv(file: str, rows: Iterable[Stored]) -> None:
    columns = list(FILES[file].by_name)
    write_row(sys.stdout, columns)
    for row in rows:
        write_row(sys.stdout, [row.texts[name] for name in columns])


def _as_json(file: str, rows: Iterable[Stored]) -> None:
    """Write one array row by row: there may be millions."""
    before = "["
    for row in rows:
        click.echo(f"{before}\n{json.dumps(typed.row(file, row), ensure_ascii=False)}", nl=False)
        before = ","
    click.echo("\n]" if before == "," else "[]")


asks = _command("asks", "List the asks.")
answers = _command("answers", "List the answers.")
feedback = _command("feedback", "List the pieces of feedback.")
