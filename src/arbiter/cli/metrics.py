"""`arbiter metrics` and `arbiter clv`: what is measured of the company, from what was recorded by a day."""

from __future__ import annotations

import json
from datetime import datetime

import click
from django.utils import timezone

from arbiter.cli import moments
from arbiter.metrics.queries import lifetimes, measuring, shown
from arbiter.metrics.queries.lifetimes import Valued, Worth
from arbiter.metrics.queries.measuring import Measured

AS_OF = moments.as_of("With what was")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="JSON, for machines.")


@click.command()
@AS_OF
@click.option(
    "--months",
    type=click.IntRange(min=1, max=240),
    help="At the last so many month-ends up to the day, instead of on the day alone.",
)
@AS_JSON
def metrics(*, as_of: datetime | None, months: int | None, as_json: bool) -> None:
    """Measure the company. Nothing is stored, and nothing recorded later is used."""
    ends = measuring.moments(as_of or timezone.now(), months=months)
    found = list(measuring.at(ends))
    if as_json:
        click.echo(json.dumps([each.as_json() for each in found], indent=1, ensure_ascii=False))
        return
    for moment in ends:
        click.echo(f"As of {moment:%Y-%m-%d %H:%M} UTC")
        for each in found:
            if each.as_of == moment:
                click.echo(_line(each))
        click.echo("")


@click.command()
@AS_OF
@AS_JSON
def clv(*, as_of: datetime | None, as_json: bool) -> None:
    """Tell what each contract or buyer is still worth, or why that cannot be told."""
    worth = lifetimes.at(as_of or timezone.now())
    if as_json:
        click.echo(json.dumps(worth.as_json(), indent=1, ensure_ascii=False))
        return
    click.echo(f"{worth.found.method}; {worth.found.horizon}.")
    if worth.found.refusal:
        click.echo(worth.found.refusal)
        return
    for row in worth.rows:
        click.echo(_worth(row, worth))
    click.echo(_total(worth))


def _line(each: Measured) -> str:
    told = shown.of(each.measure, each.found)
    return f"  {each.measure.title:<44} {told.value:>18}  {told.interval:<22} {told.base}"


def _worth(row: Valued, worth: Worth) -> str:
    money = f"{row.value:,.0f} ({row.low:,.0f}–{row.high:,.0f}) {worth.found.currency}"
    return f"{money:>44}  {row.alive:>4.0%}  {row.contract_id or row.customer_id}"


def _total(worth: Worth) -> str:
    total = worth.found.total
    return (
        f"{total.value:,.0f} ({total.low:,.0f}–{total.high:,.0f}) {worth.found.currency} "
        f"expected of {total.n}."
    )
