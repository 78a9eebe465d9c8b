"""Undoing a whole import: what it created goes, what it changed says again what it said before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from arbiter.accounts.queries import customers
from arbiter.connectors.models import Before, Import, Status
from arbiter.connectors.workspace_files import brought, events
from arbiter.connectors.workspace_files.differences import Difference
from arbiter.connectors.workspace_files.importing import AT_ONCE, demand
from arbiter.connectors.workspace_files.registry import Registry
from arbiter.connectors.workspace_files.spec import FILES, File
from arbiter.connectors.workspace_files.storing import Store
from arbiter.connectors.workspace_files.terms import Terms
from arbiter.forecast.actions import standings
from arbiter.forecast.queries.outlet import DERIVED
from arbiter.foundation import journal, outlet, removal
from arbiter.foundation.actions import named
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.outcomes.actions import intake as outcomes
from arbiter.usage.queries import standings as usage

PIECE = 1_000


class NothingToUndo(Refusal):
    """The import stored nothing, or was undone before."""


class BuiltOn(Refusal):
    """People have since worked with what the import brought."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = list(reasons)
        super().__init__("This import cannot be undone: " + " ".join(reasons))


def built_on(record: Import) -> list[str]:
    """Return what stands in the way of undoing an import, a sentence each; nothing when nobody built on it."""
    found: list[str] = []
    for file in FILES.values():
        created = brought.rows(file, record)
        if created.exists():
            found += _hanging(file, created, record)
            found += _told_since(file, created, record)
        found += _changed_since(file, record)
    return list(dict.fromkeys(found))


@transaction.atomic
def undo(record: Import, *, by: Person, at: datetime, cascade: bool = False) -> Import:
    """Take a whole import back. The journal keeps its lines and adds one.

    Args:
        record: the import.
        by: who undoes it.
        at: now.
        cascade: remove also what people have added since to the customers it brought.

    Raises:
        NotAllowed: the role may not import.
        NothingToUndo: nothing of it is stored.
        BuiltOn: people have since built on it; says what.
    """
    demand(by)
    record = Import.objects.select_for_update().get(pk=record.pk)
    if record.status != Status.STORED:
        raise NothingToUndo("Nothing of this import is stored, so there is nothing to undo.")
    reasons = [] if cascade else built_on(record)
    if reasons:
        raise BuiltOn(reasons)
    touched = _touched(record)
    with standings.deferred():
        _restore(record, Terms(by=by, at=at, import_id=record.pk))
        for file in reversed(FILES.values()):
            removal.remove(brought.rows(file, record))
        brought.forget(record)
        outcomes.remove_categories(record.categories)
        named.remove_unused(record.people, ignoring=DERIVED)
        journal.record("connectors.import_undone", subject=record, by=by, at=at)
        left = customers.everybody().filter(pk__in=touched).values_list("pk", flat=True)
        standings.mark(list(left), since=at)
    record.status, record.undone_at, record.undone_by = Status.UNDONE, at, by
    record.save(update_fields=["status", "undone_at", "undone_by"])
    if events.NAME in record.counts:
        # Who writes to the log waits for the database; so one in a transaction must not wait for the log.
        transaction.on_commit(lambda: events.remove(record), robust=True)
    if not standings.is_deferred():
        transaction.on_commit(lambda: standings.refresh_stale(as_of=at, most=AT_ONCE), robust=True)
    return record


def _touched(record: Import) -> set[int]:
    """Return the customers whose standing changes: those of created and of changed rows."""
    found = set(record.before.values_list("customer", flat=True))
    for file in FILES.values():
        path = file.intake.shape.customer
        if not path:
            continue
        found.update(brought.rows(file, record).values_list(path, flat=True).distinct())
    return found


def _restore(record: Import, terms: Terms) -> None:
    """Let changed rows say again what they said before."""
    store = Store(terms)
    for name, file in reversed(FILES.items()):
        registry = Registry(writes=False)
        for some in _pieces(record, name):
            differences = list(_differences(file, some))
            store.change(file, differences, registry, remembers=False)
            for late in file.intake.late:
                pairs = [
                    (each.id, each.after[late]) for each in differences if late in each.changed
                ]
                if pairs:
                    store.set_late(file, pairs, registry)


def _pieces(record: Import, name: str) -> Iterator[list[Before]]:
    rows = record.before.filter(file=name).order_by("pk").iterator(chunk_size=PIECE)
    for _, some in groupby(enumerate(rows), key=lambda each: each[0] // PIECE):
        yield [row for _, row in some]


def _differences(file: File, rows: Sequence[Before]) -> Iterator[Difference]:
    held = {each.id: each for each in outlet.rows(file.intake.shape, [row.row for row in rows])}
    for row in rows:
        now = held.get(row.row)
        if now is None:
            continue
        after = now.texts | row.before
        custom = now.custom if row.custom_before is None else row.custom_before
        changed = frozenset(name for name in after if after[name] != now.texts[name])
        yield Difference(now.id, row.customer, now.texts, after, changed, now.custom, custom)


def _hanging(file: File, created: QuerySet[Any], record: Import) -> Iterator[str]:
    """Yield what has been added since to rows that the import created."""
    for other in removal.hanging(file.intake.shape.model):
        meta = other.model._meta
        if meta.label_lower in DERIVED | usage.DERIVED or meta.app_label == "connectors":
            continue
        rows = other.of(created)
        if meta.label_lower == "accounts.signal":
            rows = rows.exclude(name__in=usage.SIGNALS, import_id=None)
        names = {field.name for field in meta.fields}
        if meta.auto_created:
            beside = next(name for name in names - {"id", other.field})
            rows = rows.exclude(**{f"{beside}__import_id": record.pk})
        else:
            rows = brought.others(rows, record)
        count = rows.count()
        if count:
            noun = meta.verbose_name if count == 1 else meta.verbose_name_plural
            yield f"{count:,} {noun} added since {'hangs' if count == 1 else 'hang'} from its {file.name.replace('_', ' ')}."


def _told_since(file: File, created: QuerySet[Any], record: Import) -> Iterator[str]:
    """Yield that people have worked on rows that the import created."""
    kind = file.intake.shape.model._meta.label_lower
    count = journal.subjects_since(record.last_fact, kind, created.values("pk"))
    if count:
        yield f"{count:,} of its {file.name.replace('_', ' ')} {'was' if count == 1 else 'were'} worked on since."


def _changed_since(file: File, record: Import) -> Iterator[str]:
    """Yield that rows which the import changed, or created, have been changed again."""
    later = Before.objects.filter(
        file=file.name, import_record__pk__gt=record.pk, import_record__undone_at=None
    )
    mine = record.before.filter(file=file.name)
    again = later.filter(row__in=mine.values("row")) | later.filter(row__in=brought.rows(file, record).values("pk"))  # fmt: skip
    for pk in sorted(set(again.values_list("import_record", flat=True))):
        yield f"Import {pk} changed some of its {file.name.replace('_', ' ')}: undo that one first."
    count = sum(_says_otherwise(file, some) for some in _pieces(record, file.name))
    if count:
        yield f"{count:,} of the {file.name.replace('_', ' ')} it changed {'has' if count == 1 else 'have'} been changed since."


def _says_otherwise(file: File, rows: Sequence[Before]) -> int:
    held = {each.id: each for each in outlet.rows(file.intake.shape, [row.row for row in rows])}
    return sum(row.row in held and not _still_says(held[row.row].texts, row.after) for row in rows)


def _still_says(now: Mapping[str, str], after: Mapping[str, str]) -> bool:
    return all(now[name] == text for name, text in after.items())
