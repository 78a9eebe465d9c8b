"""`arbiter suppressions`: the list of addresses that are not written to, in and out as CSV."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import click
from django.utils import timezone

from arbiter.cli.database import set_up_if_new
from arbiter.connectors.tables.writing import harmless
from arbiter.foundation.models import Person
from arbiter.voice.actions import suppression_lists
from arbiter.voice.queries import suppressions as held
from arbiter.voice.rules import listed
from arbiter.voice.rules.listed import Listed

COLUMNS = ("address", "address_hash", "scope", "cause", "at", "detail", "lifted_at")
# What other tools call an address.
NAMES = {"email": "address", "e-mail": "address", "email address": "address", "mail": "address"}
MOST_SHOWN = 50


@click.group()
def suppressions() -> None:
    """Addresses that are not written to: import a list, export the list."""


@suppressions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
@click.pass_context
def import_(ctx: click.Context, *, file: Path, as_json: bool) -> None:
    """Write to the addresses of a CSV file no more. One bad line stops everything."""
    set_up_if_new()
    now = timezone.now()
    lines, wrong = _read(file)
    new = 0
    if not wrong:
        new = suppression_lists.take_in(listed=lines, by=Person.objects.system(), at=now)
    if as_json:
        told = {"new": new, "unchanged": 0 if wrong else len(lines) - new, "problems": wrong}
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
    elif wrong:
        for problem in wrong[:MOST_SHOWN]:
            click.echo(f"line {problem['line']}: {problem['reason']}", err=True)
        click.echo(f"{len(wrong)} bad, nothing imported.", err=True)
    else:
        click.echo(f"{new} new, {len(lines) - new} unchanged.")
    ctx.exit(1 if wrong else 0)


@suppressions.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(*, file: Path) -> None:
    """Write the list into a CSV file: what holds and what was lifted."""
    set_up_if_new()
    count = 0
    with file.open("w", newline="", encoding="utf-8") as to:
        writer = csv.writer(to, lineterminator="\n")
        writer.writerow(COLUMNS)
        for kept in held.all_of_them().order_by("pk").iterator(chunk_size=1_000):
            moments = {"at": kept.at.isoformat()}
            moments["lifted_at"] = kept.lifted_at.isoformat() if kept.lifted_at else ""
            cells = (moments.get(name) or str(getattr(kept, name) or "") for name in COLUMNS)
            writer.writerow([harmless(cell) for cell in cells])
            count += 1
    click.echo(f"{file}: {count:,} {'line' if count == 1 else 'lines'}")


def _read(file: Path) -> tuple[list[Listed], list[dict[str, object]]]:
    """Read every line, and say which cannot be read and why."""
    now = timezone.now()
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = file.read_text(encoding="cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(text.splitlines(), delimiter=delimiter)
    header = [NAMES.get(name, name) for name in (cell.strip().lower() for cell in next(rows, []))]
    if not {"address", "address_hash"} & set(header):
        return [], [{"line": 1, "reason": "There is no column address."}]
    lines: list[Listed] = []
    wrong: list[dict[str, object]] = []
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(header, (_plain(cell) for cell in row), strict=False))
        try:
            lines.append(listed.read(cells, at=now))
        except listed.Unreadable as problem:
            wrong.append({"line": rows.line_num, "reason": str(problem)})
    return lines, wrong


def _plain(cell: str) -> str:
    """A cell without the mark that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell
