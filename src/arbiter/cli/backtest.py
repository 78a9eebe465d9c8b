"""`arbiter backtest`: how good the forecasts of past renewals would have been, by lead, against simpler guesses."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import click
from django.utils import timezone

from arbiter.cli import moments
from arbiter.forecast.queries.backtests import origins, stored, working
from arbiter.ui.wording import noun

STAGES = {"reading": "customers read", "learning": "times learnt"}


@click.command()
@moments.as_of("Only renewals whose decision was")
@click.option(
    "--every",
    "months",
    type=click.IntRange(min=1, max=24),
    default=origins.MONTHS,
    show_default=True,
    help="How many months pass until the model learns again.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
def backtest(*, as_of: datetime | None, months: int, as_json: bool) -> None:
    """Forecast every decided renewal as it would have been forecast then, and judge it. Nothing is stored."""
    moment = as_of or timezone.now()
    result = working.work_out(moment, months=months, progress=None if as_json else _say)
    if as_json:
        told = {
            "as_of": moment.isoformat(),
            **result,
            "leads": _without_lines(result),
            "told": stored.told(result, as_of=moment),
            "lines": working.lines(result),
        }
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    for line in working.lines(result):
        click.echo(_sentence(line))
    click.echo(
        f"{result['renewals']} {noun(result['renewals'], 'decided renewals')}, {result['lost']} lost, "
        f"forecast as of their own days; learnt every {months} {noun(months, 'months')}, "
        f"{len(result['origins'])} {noun(len(result['origins']), 'times')}."
    )


def _say(stage: str, done: int, total: int) -> None:
    click.echo(f"{done} of {total} {STAGES[stage]}", err=True)


def _without_lines(result: dict[str, Any]) -> dict[str, Any]:
    """What a lead holds beside its lines: the bins and the ranges."""
    return {
        lead: {name: found[name] for name in ("n", "lost", "bins", "ranges")}
        for lead, found in result["leads"].items()
    }


def _sentence(line: dict[str, Any]) -> str:
    loss = "–" if line["log_loss"] is None else f"{line['log_loss']:.3f}"
    area = "too few to say"
    if line["auc"] is not None:
        area = f"AUC {line['auc']:.2f} ({line['auc_low']:.2f}–{line['auc_high']:.2f})"
    return (
        f"{line['lead_days']:>3} days  {line['label']:<42} {line['lost']:>5} of {line['n']:<6} lost  "
        f"log loss {loss}  Brier {line['brier']:.3f}  {area}"
    )
