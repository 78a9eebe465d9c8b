"""Files of events into the log, whole or not at all: read, checked, compared with what is there, appended in one commit.

A row is the event of its message id. One that the log holds already, from a file or from a source, is unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.permissions import must
from arbiter.foundation.roles import Permission
from arbiter.usage.actions import identities, look_back, wanted
from arbiter.usage.log import files, lock, staged
from arbiter.usage.log.duck import duck
from arbiter.usage.log.files import Bad, NotEvents
from arbiter.usage.log.table import FILES_APP, open_log
from arbiter.usage.models import Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Bad", "NotEvents", "Outcome", "check", "import_ids", "remove", "store"]

PATIENCE = 600.0
MEGABYTES = 160
LEARNT_AT_ONCE = 50_000
Watch = Callable[[str, int], None]


@dataclass
class Outcome:
    """What an import of files did, or would do: counts of rows, and what is wrong with those that were not taken."""

    new: int = 0
    unchanged: int = 0
    rejected: int = 0
    stored: bool = False
    bad: dict[str, Sequence[Bad]] = field(default_factory=dict)
    unknown: dict[str, Sequence[str]] = field(default_factory=dict)
    good: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """All rows that were read."""
        return self.new + self.unchanged + self.rejected


def check(paths: Sequence[Path], *, at: datetime, told: Watch | None = None) -> Outcome:
    """Say what an import of files would do, and write nothing.

    Raises:
        NotEvents: one of them is no file of events.
    """
    with _read(paths, at=at, told=told) as (_, outcome, _stage):
        return outcome


def store(
    paths: Sequence[Path],
    *,
    by: Person,
    at: datetime,
    partial: bool = False,
    import_id: int | None = None,
    told: Watch | None = None,
) -> Outcome:
    """Store the events of files, in one commit of the log. One bad row stops everything unless `partial`.

    Killed before the commit, nothing is stored; killed after it, the same import once more finds every event there
    and finishes the rest.

    Args:
        paths: CSV, JSON lines or Parquet.
        by: who imports.
        at: now.
        partial: store the good rows although others are bad.
        import_id: the import they belong to, by which they can be removed again.
        told: hears of each file and the rows so far.

    Raises:
        NotAllowed: the role may not import.
        NotEvents: one of them is no file of events.
        Busy: the log is being written to.
    """
    must(by, Permission.IMPORT)
    with lock.writing(wait=PATIENCE), _read(paths, at=at, told=told) as read:
        connection, outcome, stage = read
        if outcome.rejected and not partial:
            return outcome
        log = open_log()
        if outcome.new:
            number = log.written(FILES_APP) + 1
            log.append_sorted(
                lambda: staged.new(connection, stage, at=at, import_id=import_id),
                number=number,
                app=FILES_APP,
            )
        _learn(connection, stage)
        outcome.stored = True
    # Killed before this, the same import once more comes here again.
    look_back.mark(at=at)
    wanted.mark(at=at)
    if import_id is None:
        _tell(outcome, by=by, at=at)
    return outcome


def import_ids() -> set[int]:
    """Return the imports of which the log holds events."""
    with duck() as connection:
        return staged.import_ids(connection, open_log())


def remove(*, import_id: int, at: datetime) -> int:
    """Take the events of an import out of the log again; return how many.

    Raises:
        Busy: the log is being written to; nothing was removed.
    """
    with lock.writing(wait=PATIENCE):
        count = open_log().erase(f"import_id = {import_id}")
    if count:
        look_back.mark(at=at)
        wanted.mark(at=at)
    return count


@contextmanager
def _read(
    paths: Sequence[Path], *, at: datetime, told: Watch | None
) -> Iterator[tuple[DuckDBPyConnection, Outcome, str]]:
    """Read files and compare them with the log; the connection holds what is new while the block lasts."""
    outcome, parts = Outcome(), []
    with (
        TemporaryDirectory(prefix="events-", dir=Path(settings.DATA_DIR)) as folder,
        duck(megabytes=MEGABYTES) as connection,
    ):
        for place, path in enumerate(paths):
            parts.append(Path(folder) / f"{place:06}.parquet")
            done = files.read(connection, path, parts[-1], at=at)
            outcome.rejected += done.bad_rows
            outcome.good[path.name] = done.rows - done.bad_rows
            if done.bad:
                outcome.bad[path.name] = done.bad
            if done.unknown:
                outcome.unknown[path.name] = done.unknown
            if told:
                told(path.name, sum(outcome.good.values()) + outcome.rejected)
        stage = staged.open_stage(connection, parts)
        sources = list(Source.objects.values_list("pk", flat=True))
        repeats = staged.find_repeats(connection, stage, open_log(), sources)
        outcome.unchanged = repeats
        outcome.new = sum(outcome.good.values()) - repeats
        yield connection, outcome, stage


def _learn(connection: DuckDBPyConnection, stage: str) -> None:
    for pairs in staged.memberships(connection, stage, LEARNT_AT_ONCE):
        identities.learn_memberships(pairs)
    for pairs in staged.aliases(connection, stage, LEARNT_AT_ONCE):
        identities.learn_aliases(pairs)


@transaction.atomic
def _tell(outcome: Outcome, *, by: Person, at: datetime) -> None:
    journal.record(
        "usage.events_imported",
        subject=by,
        by=by,
        at=at,
        new=outcome.new,
        unchanged=outcome.unchanged,
        rejected=outcome.rejected,
    )
