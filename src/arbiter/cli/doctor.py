"""`arbiter doctor`: what is wrong with this installation, and what to do about it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

import click
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from arbiter.foundation import guards, journal
from arbiter.foundation.jobs import heartbeat
from arbiter.foundation.mail import outbox
from arbiter.foundation.models import Person
from arbiter.foundation.queries import company, mail
from arbiter.usage.queries import health

SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Finding:
    """What one look found: `ok`, `note` (may be meant so) or `wrong`, with the remedy in its sentence."""

    look: str
    state: str
    says: str


Look = Callable[[datetime], Iterator[tuple[str, str]]]


def _database(at: datetime) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    where = settings.DATABASES["default"]["NAME"]
    yield "ok", f"{connection.vendor} answers ({where})."


def _migrations(at: datetime) -> Iterator[tuple[str, str]]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield "wrong", f"{len(waiting)} migrations wait: run `arbiter migrate`."
    else:
        yield "ok", "The database is up to date."


def _guards(at: datetime) -> Iterator[tuple[str, str]]:
    bare = guards.missing(connection)
    if bare:
        yield "wrong", f"No trigger protects {', '.join(bare)}: run `arbiter migrate`."
    else:
        yield "ok", "The journal, verdicts and answers are protected by the database."


def _journal(at: datetime) -> Iterator[tuple[str, str]]:
    broken = journal.verify()
    if broken is None:
        yield "ok", "Every line of the journal follows from the one before."
    else:
        yield (
            "wrong",
            f"Line {broken} of the journal does not follow from the one before: it was changed.",
        )


def _set_up(at: datetime) -> Iterator[tuple[str, str]]:
    if company.is_set_up():
        yield "ok", f"Set up for {company.name()}."
    else:
        yield "note", f"Not set up yet: open {settings.BASE_URL}."


def _worker(at: datetime) -> Iterator[tuple[str, str]]:
    age = heartbeat.age(at)
    if age is None:
        yield "note", "No worker has ever run: start `arbiter worker`, or serve with --with-worker."
    elif age > SILENT_AFTER:
        yield (
            "wrong",
            f"No worker for {age.total_seconds() / 60:.0f} minutes: start `arbiter worker`.",
        )
    else:
        yield "ok", "A worker is at work."


def _mail(at: datetime) -> Iterator[tuple[str, str]]:
    if outbox.delivers():
        yield "ok", "Mail goes out through EMAIL_URL."
    else:
        yield "note", "EMAIL_URL is not set: mail is kept and shown in the application."
    stuck = mail.visible_to(Person.objects.system()).filter(mail.stuck(at)).count()
    if stuck:
        yield (
            "wrong",
            f"{stuck} mails stopped half-way: decide about each at {settings.BASE_URL}/outbox/.",
        )


def _address(at: datetime) -> Iterator[tuple[str, str]]:
    if settings.SECURE or "localhost" in settings.BASE_URL or "127.0.0.1" in settings.BASE_URL:
        yield "ok", f"Personal links begin with {settings.BASE_URL}."
    else:
        yield "wrong", f"BASE_URL is {settings.BASE_URL}: personal links need https."


def _files(at: datetime) -> Iterator[tuple[str, str]]:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield "wrong", "Styles and scripts are not collected: run `arbiter migrate`."
    else:
        yield "ok", f"Files are kept in {settings.DATA_DIR}."


def _events(at: datetime) -> Iterator[tuple[str, str]]:
    inbox = health.inbox(at)
    waiting = f"{inbox.events:,} events in {inbox.requests:,} requests wait for the log"
    if inbox.is_stuck:
        minutes = inbox.age.total_seconds() / 60
        yield "wrong", f"{waiting}, the oldest for {minutes:.0f} minutes: start `arbiter worker`."
    elif inbox.requests:
        yield "ok", f"{waiting}, the oldest for {inbox.age.total_seconds():.0f} seconds."
    else:
        yield "ok", f"No events wait. The log of events is at {settings.EVENT_LOG}."


LOOKS: dict[str, Look] = {
    "database": _database,
    "migrations": _migrations,
    "guards": _guards,
    "journal": _journal,
    "set-up": _set_up,
    "worker": _worker,
    "mail": _mail,
    "address": _address,
    "files": _files,
    "events": _events,
}


def examine(at: datetime) -> list[Finding]:
    """Take every look; a database that does not answer is one finding for each look that needs it."""
    found = []
    for name, look in LOOKS.items():
        try:
            found += [Finding(name, state, says) for state, says in look(at)]
        except DatabaseError as problem:
            found.append(Finding(name, "wrong", f"The database refuses: {str(problem).strip()}"))
    return found


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for machines.")
def doctor(*, as_json: bool) -> None:
    """Look over the installation. Exit code 1 when something is wrong."""
    found = examine(timezone.now())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], indent=1))
    else:
        for finding in found:
            mark = {"ok": "✓", "note": "·", "wrong": "✗"}[finding.state]
            click.echo(f"{mark} {finding.look:<11} {finding.says}")
    if any(finding.state == "wrong" for finding in found):
        sys.exit(1)
