"""`arbiter audit`: which of the numbers that are trusted ever predicted anything."""

from __future__ import annotations

import csv
import json
import sys
from datetime import datetime
from typing import Any

import click
from django.utils import timezone

from arbiter.cli import moments
from arbiter.forecast.queries.audits import stored, working
from arbiter.ui.wording import noun


@click.command()
@click.option(
    "--days",
    type=click.IntRange(min=1, max=1095),
    default=working.MAIN_LEAD,
    show_default=True,
    help="How long before each renewal the numbers are looked at.",
)
@moments.as_of("Only what was")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for machines.")
@click.option("--csv", "as_csv", is_flag=True, help="The same as CSV.")
def audit(*, days: int, as_of: datetime | None, as_json: bool, as_csv: bool) -> None:
    """Test every number that is trusted against the renewals that were decided. Nothing is stored."""
    if as_json and as_csv:
        raise click.UsageError("Choose one of --json and --csv.")
    moment = as_of or timezone.now()
    result = working.work_out(moment, leads=sorted({*working.LEADS, days}))
    lines = stored.lines(result, lead=days)
    if as_json:
        click.echo(json.dumps(lines, indent=1, ensure_ascii=False))
    elif as_csv:
        _write_csv(lines)
    else:
        for line in lines:
            click.echo(_sentence(line))
        click.echo(
            f"{len(lines)} {noun(len(lines), 'signals')}, "
            f"{result['decided']} {noun(result['decided'], 'decided renewals')}, {result['lost']} lost, "
            f"{result['tested']} {noun(result['tested'], 'tests')}, as of {moment:%Y-%m-%d %H:%M} UTC."
        )


def _write_csv(lines: list[dict[str, Any]]) -> None:
    writer = csv.DictWriter(sys.stdout, fieldnames=stored.HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(line | {"leaks": " ".join(line["leaks"])} for line in lines)


def _sentence(line: dict[str, Any]) -> str:
    area = "–"
    if line["auc"] is not None:
        area = f"{line['auc']:.2f} ({line['auc_low']:.2f}–{line['auc_high']:.2f})"
    suspect = "  may be written after the decision" if line["leaks"] else ""
    return f"{line['title']:<32} {line['lost']:>5} of {line['n']:<6} {area:<20} {line['tier']}{suspect}"
