"""`arbiter forecast`: every open contract's chance to renew, from what was recorded by a day."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import click
from django.utils import timezone

from arbiter.cli import moments
from arbiter.forecast.queries import forecasts

WORTH_TELLING = 500
"""Customers: so many are read in a second or two."""


@click.command()
@moments.as_of("Forecast with what was")
@click.option(
    "--days", type=click.IntRange(min=0), help="Only contracts that end within so many days."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for machines.")
def forecast(*, as_of: datetime | None, days: int | None, as_json: bool) -> None:
    """Forecast the open contracts. Nothing is stored, and nothing recorded later is used."""
    moment = as_of or timezone.now()
    progress = None if as_json else say_learning
    lines = [line.as_json() for line in forecasts.at(moment, days=days, progress=progress)]
    if as_json:
        click.echo(json.dumps(lines, indent=1, ensure_ascii=False))
        return
    for line in lines:
        click.echo(_sentence(line))
    click.echo(f"{len(lines)} open contracts as of {moment:%Y-%m-%d %H:%M} UTC.")


def say_learning(done: int, total: int) -> None:
    """Tell how far the learning is, where it takes long enough to wonder."""
    if total > WORTH_TELLING:
        click.echo(f"Learnt from {done:,} of {total:,} customers", err=True)


def _sentence(line: dict[str, Any]) -> str:
    money = f"{line['arr']:,.2f} {line['currency']}" if line["arr"] is not None else "value unknown"
    chance = f"{line['probability']:.0%} ({line['low']:.0%}–{line['high']:.0%})"
    return (
        f"{line['ends_on']}  {chance:>16}  {line['intent']:<12}  {money:>18}  {line['contract_id']}"
    )
