"""Running an import: the dry run and the real one, which differ in nothing but the writing."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from arbiter.connectors.workspace_files import events, records
from arbiter.connectors.workspace_files.report import Progress, Report, Watch
from arbiter.connectors.workspace_files.settling import Settling
from arbiter.connectors.workspace_files.sources import Recognised, Source, WorkspaceFiles
from arbiter.connectors.workspace_files.staging import Staged, Staging
from arbiter.connectors.workspace_files.storing import Store
from arbiter.connectors.workspace_files.terms import Terms
from arbiter.forecast.actions import standings
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes.actions import intake as outcomes
from arbiter.outcomes.queries import outlet

if TYPE_CHECKING:
    from arbiter.connectors.models import Import

# More customers than this are left to the worker: it takes minutes to say anew where they stand.
AT_ONCE = 5_000
SECONDS_BETWEEN_NEWS = 0.3


class NotAllowed(Refusal):
    """The role may not import."""


class Interfered(Refusal):
    """Somebody else wrote the same rows at the same moment."""


class _Lost(Exception):
    """Rows were bad: the transaction is taken back."""


def check(source: Source, *, blank_erases: bool = False, progress: Watch | None = None) -> Report:
    """Say what an import would do, row by row, and write nothing at all."""
    report = _report(source)
    news = News(progress)
    staged = _stage(source, report, news)
    run = _Run(source, staged, report, news, partial=True, blank_erases=blank_erases)
    run.settle(store=None)
    if isinstance(source, WorkspaceFiles) and source.events:
        events.check(source.events, report, at=timezone.now())
    news.tell("done", "", report.rows, report.rows)
    return report


def store(
    source: Source,
    *,
    by: Person,
    at: datetime,
    partial: bool = False,
    blank_erases: bool = False,
    progress: Watch | None = None,
    record: Import | None = None,
) -> Report:
    """Import for good, in one transaction. One bad row stops everything unless `partial`.

    Args:
        source: what comes in.
        by: who imports.
        at: now.
        partial: store the good rows although others are bad.
        blank_erases: let an empty cell erase what is stored.
        progress: hears how far it has come.
        record: the import, where a page has made it; otherwise one is made, and goes again if nothing is stored.

    Raises:
        NotAllowed: the role may not import.
        Interfered: the same rows were written by somebody else meanwhile.
    """
    demand(by)
    report = _report(source)
    report.dry_run = False
    news = News(progress)
    staged = _stage(source, report, news)
    _demand_more(by, staged)
    run = _Run(source, staged, report, news, partial=partial, blank_erases=blank_erases)
    held = record or records.start(source.name, by=by, at=at)
    with records.running(held, files=source.files), _events(run, held, by=by, at=at):
        touched = run.store(held, Terms(by=by, at=at, import_id=held.pk))
    if report.stored:
        report.import_id = held.pk
        report.waiting = _rewrite_standings(touched, at, news)
    if record is None:
        records.tidy(held)
    news.tell("done", "", report.rows, report.rows)
    return report


def _events(run: _Run, record: Import, *, by: Person, at: datetime) -> AbstractContextManager[None]:
    """Store the events, if there are any, for as long as the rest is stored, too."""
    path = run.source.events if isinstance(run.source, WorkspaceFiles) else None
    if path is None:
        return nullcontext()
    if run.is_lost:
        events.check(path, run.report, at=at)
        return nullcontext()
    run.news.tell("storing", path.name, 0)
    return events.stored(path, run.report, record, by=by, at=at, partial=run.partial)


def demand(by: Person) -> None:
    """Refuse who may not import.

    Raises:
        NotAllowed: the role may not.
    """
    if not by.may(Permission.IMPORT):
        raise NotAllowed("Your role may not import files. Ask an admin or a manager.")


def _demand_more(by: Person, staged: dict[str, Staged]) -> None:
    """Refuse who may not set by hand what a file sets."""
    for name, each in staged.items():
        needed = each.file.intake.demands
        if needed and not by.may(needed):
            raise NotAllowed(f"Your role may not {needed.description}, and {name} does. Leave that file out, or ask an owner or an admin.")  # fmt: skip


class News:
    """Tells how far it has come, and not more often than anybody can read."""

    def __init__(self, watch: Watch | None) -> None:
        self._watch = watch
        self._last = ("", 0.0)
        self.total = 0

    def tell(self, stage: str, file: str, done: int, total: int = 0) -> None:
        """Pass it on when the stage is new or some time has gone by."""
        if self._watch is None:
            return
        now = monotonic()
        if stage == self._last[0] and now - self._last[1] < SECONDS_BETWEEN_NEWS:
            return
        self._last = (stage, now)
        self._watch(Progress(stage, file, done, total or self.total))


def _report(source: Source) -> Report:
    report = Report(source.name, source.files)
    report.skipped = list(source.skipped)
    return report


def _stage(source: Source, report: Report, news: News) -> dict[str, Staged]:
    known = [slug for slug, _ in outlet.categories()]
    staging = Staging(
        report.folder, report.found, categories=[*known, *source.categories], told=news.tell
    )
    staged = staging.read(source)
    news.total = sum(each.rows for each in staged.values())
    if isinstance(source, Recognised):
        report.notes = source.notes()
    return staged


@dataclass
class _Run:
    """One pass over what was staged, and how it is meant."""

    source: Source
    staged: dict[str, Staged]
    report: Report
    news: News
    partial: bool
    blank_erases: bool

    def settle(self, *, store: Store | None) -> Settling:
        """Settle everything; write it where there is a store."""
        stage = "storing" if store else "checking"
        settling = Settling(
            self.staged,
            self.report,
            store=store,
            partial=self.partial,
            blank_erases=self.blank_erases,
            told=lambda file, done: self.news.tell(stage, file, done),
        )
        settling.run()
        return settling

    def store(self, record: Import, terms: Terms) -> set[int]:
        """Store everything in one transaction, or nothing; return the customers it touched."""
        if self.is_lost:
            self.settle(store=None)
        else:
            try:
                return self._write(record, Store(terms))
            except _Lost:
                pass
            except IntegrityError as fault:
                raise Interfered(
                    "Somebody changed the same rows at the same moment, so nothing was stored. Import again."
                ) from fault
        for counts in self.report.counts.values():
            counts.created = counts.updated = 0
        records.refuse(record, self.report)
        return set()

    @property
    def is_lost(self) -> bool:
        """Whether what was found so far forbids storing anything."""
        found = self.report.found
        return found.fatal or (found.count > 0 and not self.partial)

    @transaction.atomic
    def _write(self, record: Import, store: Store) -> set[int]:
        with standings.deferred():
            slugs = outcomes.add_categories(self.source.categories)
            settling = self.settle(store=store)
            if settling.is_lost:
                raise _Lost
            standings.mark(settling.touched, since=store.terms.at)
            people = settling.registry.new_people
            records.finish(record, self.report, people=people, categories=slugs, terms=store.terms)
        self.report.stored = True
        return settling.touched


def _rewrite_standings(touched: set[int], at: datetime, news: News) -> int:
    """Write where the touched customers stand; return how many were too many and wait for the worker."""
    if standings.is_deferred() or len(touched) > AT_ONCE:
        return len(touched)
    if touched:
        news.tell("standings", "", 0, len(touched))
        standings.refresh_stale(as_of=at)
    return 0
