"""`arbiter events`: files of events in, the log put in order, and how a measure is counted."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from arbiter.cli import moments
from arbiter.cli.database import set_up_if_new
from arbiter.foundation.models import Person
from arbiter.usage.actions import compactions, erasures, event_files
from arbiter.usage.actions.event_files import Outcome
from arbiter.usage.queries import measured

MOST_SHOWN = 50


@click.group()
def events() -> None:
    """Product-usage events: import files, put the log in order, explain a measure."""


@events.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Say what would be stored, and store nothing.")
@click.option("--partial", is_flag=True, help="Store the good rows although others are bad.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
@click.pass_context
def import_(
    ctx: click.Context, *, files: Sequence[Path], dry_run: bool, partial: bool, as_json: bool
) -> None:
    """Import FILES of events: CSV, JSON lines or Parquet. One bad row stops everything, unless --partial is given."""
    set_up_if_new()
    now, told = timezone.now(), None if as_json else _say_progress
    if dry_run:
        outcome = event_files.check(files, at=now, told=told)
    else:
        outcome = event_files.store(
            files, by=Person.objects.system(), at=now, partial=partial, told=told
        )
    if as_json:
        click.echo(json.dumps(_as_json(outcome, dry_run), indent=1, ensure_ascii=False))
    else:
        _say(outcome, dry_run)
    ctx.exit(1 if outcome.rejected and not (partial and outcome.stored) else 0)


@events.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
def compact(*, as_json: bool) -> None:
    """Put the log in order now: sort it, settle what is settled, remove what is over its time."""
    set_up_if_new()
    told = (lambda _: None) if as_json else _say_step
    done = compactions.compact(clock=timezone.now, told=told)
    if as_json:
        click.echo(json.dumps(asdict(done), indent=1))
        return
    click.echo(
        f"{done.sorted:,} months sorted, {done.settled:,} events settled, {done.expired:,} over their time; "
        f"{done.files_removed:,} old files removed."
    )


@events.command()
@click.option("--user", help="The key of a user: all they did goes, under every name of theirs.")
@click.option("--customer", help="The key of a customer: all that was done there goes.")
@click.confirmation_option(prompt="This cannot be undone. Go on?")
def erase(*, user: str | None, customer: str | None) -> None:
    """Erase the events of a person or of a customer for good, from the log, the inbox and the disk."""
    set_up_if_new()
    by, now = Person.objects.system(), timezone.now()
    if (user is None) == (customer is None):
        raise click.UsageError("Give either --user or --customer.")
    if user is not None:
        count = erasures.erase_user(user=user, by=by, at=now)
    else:
        count = erasures.erase_customer(key=customer or "", by=by, at=now)
    click.echo(f"{count:,} events erased.")


@events.command()
@click.argument("measure")
@moments.as_of("Explain it with what was")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
def explain(*, measure: str, as_of: datetime | None, as_json: bool) -> None:
    """Print how MEASURE is counted: what the engine is asked, and how it would go about it. Nothing is counted."""
    set_up_if_new()
    if measure not in measured.names():
        raise click.UsageError(
            f"There is no measure {measure!r}; there are: {', '.join(measured.names())}."
        )
    try:
        told = measured.explain(measure, as_of=as_of or timezone.now())
    except TypeError as lacking:
        raise click.UsageError(f"{measure} needs more than a day: {lacking}.") from lacking
    if as_json:
        click.echo(json.dumps(told._asdict(), indent=1))
    else:
        click.echo(f"{told.sql}\n\n{told.plan}")


def _as_json(outcome: Outcome, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "stored": outcome.stored,
        "rows": outcome.rows,
        "new": outcome.new,
        "unchanged": outcome.unchanged,
        "rejected": outcome.rejected,
        "problems": [
            {"file": name, **asdict(bad)} for name, found in outcome.bad.items() for bad in found
        ],
        "unknown_columns": outcome.unknown,
    }


def _say(outcome: Outcome, dry_run: bool) -> None:
    click.echo(
        f"{outcome.new:,} new, {outcome.unchanged:,} unchanged, {outcome.rejected:,} rejected"
    )
    for name, columns in outcome.unknown.items():
        click.echo(f"{name}: left out, for they are no columns of events: {', '.join(columns)}.")
    every = (f"{name}, {_told(bad)}" for name, found in outcome.bad.items() for bad in found)
    for line in islice(every, MOST_SHOWN):
        click.echo(line, err=True)
    left = sum(1 for _ in every)
    if left:
        click.echo(f"… and {left:,} more; --json names every one.", err=True)
    click.echo(_outcome(outcome, dry_run))


def _told(bad: event_files.Bad) -> str:
    column = f", {bad.column}" if bad.column else ""
    value = f" “{bad.value}”:" if bad.value else ""
    return f"line {bad.line}{column}:{value} {bad.reason}"


def _outcome(outcome: Outcome, dry_run: bool) -> str:
    if dry_run:
        return "A dry run: nothing was stored."
    if not outcome.stored:
        return "Nothing was stored. Correct the rows above, or store the others with --partial."
    return f"Stored {outcome.new:,} events."


def _say_step(step: str) -> None:
    click.echo(f"{step} …", err=True)


def _say_progress(stage: str, rows: int) -> None:
    """Tell people at a terminal how far it is; stay silent where nobody looks."""
    if sys.stderr.isatty():
        click.echo(f"\r{stage}: {rows:,} rows", nl=False, err=True)
