"""`arbiter import`: workspace files, or a CSV file of another tool, into the database."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

import click
from django.utils import timezone

from arbiter.cli.database import set_up_if_new
from arbiter.cli.recognised import Answers, recognised
from arbiter.connectors.workspace_files import importing, rejected, sources
from arbiter.connectors.workspace_files.events import is_events
from arbiter.connectors.workspace_files.report import Change, Counts, Progress, Report
from arbiter.connectors.workspace_files.sources import Source
from arbiter.foundation.models import Person

MOST_SHOWN = 50
_COUNTED = ("created", "updated", "unchanged", "rejected")


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--dry-run", is_flag=True, help="Say what would change, row by row, and store nothing."
)
@click.option("--partial", is_flag=True, help="Store the good rows although others are bad.")
@click.option("--blank-erases", is_flag=True, help="Let an empty cell erase what is stored.")
@click.option(
    "--rejected",
    "rejected_to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rejected rows to this CSV file, each with its reason.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
@click.option(
    "--date-order",
    type=click.Choice(["dmy", "mdy"]),
    help="What 03/04/2026 means in a file of another tool.",
)
@click.option("--currency", help="The currency of amounts that do not name theirs, such as EUR.")
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="QUESTION=ANSWER",
    help="Answer a question about a file of another tool; may be given several times.",
)
@click.pass_context
def import_(  # the options of a command are its arguments
    ctx: click.Context,
    *,
    path: Path,
    dry_run: bool,
    partial: bool,
    blank_erases: bool,
    rejected_to: Path | None,
    as_json: bool,
    date_order: str | None,
    currency: str | None,
    answers: Sequence[str],
) -> None:
    """Import PATH: a folder or zip of workspace files, or one CSV or Parquet file.

    One bad row stops everything, and nothing is stored, unless --partial is given.
    """
    set_up_if_new()
    now = timezone.now()
    source = _open(path, now, Answers.given(answers, date_order=date_order, currency=currency))
    show = None if as_json else _Bar()
    if dry_run:
        report = importing.check(source, blank_erases=blank_erases, progress=show)
    else:
        report = importing.store(
            source, by=Person.objects.system(), at=now, partial=partial, blank_erases=blank_erases, progress=show
        )  # fmt: skip
    written = rejected.write_to(source, report, rejected_to) if rejected_to else []
    if as_json:
        told = {
            **report.to_json(changes=dry_run),
            "rejected_files": [str(each) for each in written],
        }
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        _say(report, written)
    ctx.exit(1 if _is_bad(report, partial=partial) else 0)


def _open(path: Path, now: datetime, answers: Answers) -> Source:
    if path.is_dir() or path.suffix.lower() in {".zip", ".parquet"} or is_events(path):
        return sources.open_source(path)
    if sources.workspace_file(path) is not None:
        answers.refuse_any()
        return sources.open_source(path)
    return recognised(path, now, answers)


def _is_bad(report: Report, *, partial: bool) -> bool:
    """Rows that were left out on request are no failure; anything else is."""
    if not partial:
        return report.problem_count > 0
    return report.found.fatal or not (report.stored or report.dry_run)


def _say(report: Report, written: Sequence[Path]) -> None:
    width = max([len(name) for name in report.counts] or [9]) + len(".csv")
    for name, counts in report.counts.items():
        click.echo(_line(f"{name}.csv", counts, width))
    for name, columns in report.custom.items():
        click.echo(f"{name}.csv: kept as custom fields: {', '.join(columns)}.")
    for name, why in report.skipped:
        click.echo(f"{name}: skipped, {why}.")
    for note in report.notes:
        click.echo(note)
    if report.dry_run:
        _say_changes(report)
    for problem in report.problems[:MOST_SHOWN]:
        click.echo(str(problem), err=True)
    left = report.problem_count - MOST_SHOWN
    if left > 0:
        click.echo(f"… and {left:,} problems more; --rejected FILE writes every one.", err=True)
    for path in written:
        click.echo(f"Rejected rows are in {path}.")
    click.echo(_outcome(report))


def _line(name: str, counts: Counts, width: int) -> str:
    told = ", ".join(f"{getattr(counts, each):,} {each}" for each in _COUNTED)
    conflicts = f" ({counts.conflict:,} in conflict)" if counts.conflict else ""
    return f"{name:<{width}}  {told}{conflicts}"


def _say_changes(report: Report) -> None:
    changing = (change for change in report.changes() if change.fields)
    for change in islice(changing, MOST_SHOWN):
        click.echo(_change(change))
    left = sum(1 for _ in changing)
    if left:
        click.echo(f"… and {left:,} rows more would change; --json names every one.")


def _change(change: Change) -> str:
    told = "; ".join(f"{name}: “{old}” → “{new}”" for name, (old, new) in change.fields.items())
    return f"{change.file}, line {change.line}, {change.key}: {told}"


def _outcome(report: Report) -> str:
    if report.dry_run:
        return "A dry run: nothing was stored."
    if not report.stored:
        return "Nothing was stored. Correct the rows above, or store the others with --partial."
    told = f"Stored as import {report.import_id}."
    if report.waiting:
        told += f" Where {report.waiting:,} customers stand is written by the worker, or now by `arbiter rebuild`."
    return told


class _Bar:
    """Tells people at a terminal how far it is; stays silent where nobody looks."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._wide = 0

    def __call__(self, progress: Progress) -> None:
        if not self._shown:
            return
        told = f"{progress.stage} {progress.file} {progress.done:,}"
        told += f" of {progress.total:,}" if progress.total else ""
        told = "" if progress.stage == "done" else told
        click.echo(f"\r{told:<{self._wide}}\r", nl=False, err=True)
        self._wide = max(self._wide, len(told))
