"""`arbiter surprises`: what was lost, what was known before it, and what of it was a surprise."""

from __future__ import annotations

import json
from datetime import datetime

import click
from django.utils import timezone

from arbiter.cli import moments
from arbiter.forecast.queries.surprises import ledger, losses
from arbiter.forecast.queries.surprises.ledger import Line


@click.command()
@moments.as_of("Only what was")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for machines.")
def surprises(*, as_of: datetime | None, as_json: bool) -> None:
    """List the losses, the newest first, with what was said before notice. Nothing is stored."""
    moment = as_of or timezone.now()
    lines = ledger.of(losses.everything(moment), as_of=moment, most=None)
    if as_json:
        click.echo(json.dumps(ledger.objects(lines), indent=1, ensure_ascii=False))
        return
    for line in lines:
        click.echo(_sentence(line))
    found = ledger.rate(lines)
    click.echo(
        f"{len(lines)} lost, {found.by_count.n} of them avoidable, {found.surprises} of these a surprise, "
        f"as of {moment:%Y-%m-%d %H:%M} UTC."
    )


def _sentence(line: Line) -> str:
    lost = line.lost
    name = f"{lost.customer_name} ({lost.contract_key})"
    return f"{lost.lost_on}  {name:<40} {line.word:<16} {line.why}"
