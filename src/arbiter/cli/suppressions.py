"""`arbiter suppressions`: the list of addresses that are not written to, in and out as CSV."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.utils import timezone

from arbiter.cli.database import set_up_if_new
from arbiter.connectors.suppressions import lists
from arbiter.foundation.models import Person
from arbiter.voice.actions import suppression_lists

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
    found = lists.read(file.read_bytes(), at=now)
    new = 0
    if not found.wrong:
        new = suppression_lists.take_in(listed=found.lines, by=Person.objects.system(), at=now)
    if as_json:
        problems = [{"line": line, "reason": reason} for line, reason in found.wrong]
        unchanged = 0 if found.wrong else len(found.lines) - new
        told = {"new": new, "unchanged": unchanged, "problems": problems}
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
    elif found.wrong:
        for line, reason in found.wrong[:MOST_SHOWN]:
            click.echo(f"line {line}: {reason}", err=True)
        click.echo(f"{len(found.wrong)} bad, nothing imported.", err=True)
    else:
        click.echo(f"{new} new, {len(found.lines) - new} unchanged.")
    ctx.exit(1 if found.wrong else 0)


@suppressions.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(*, file: Path) -> None:
    """Write the list into a CSV file: what holds, what was lifted, and who wants no mail at all."""
    set_up_if_new()
    with file.open("w", newline="", encoding="utf-8") as to:
        count = lists.write(to)
    click.echo(f"{file}: {count:,} {'line' if count == 1 else 'lines'}")
