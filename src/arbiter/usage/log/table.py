"""The log as a table: what is there, and the few ways in which it changes. Only who holds the lock changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.exceptions import TableNotFoundError
from django.conf import settings

from arbiter.usage.log import local, writing
from arbiter.usage.log.columns import PARTITIONS, SCHEMA, SORTED_BY

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

APP = "arbiter"
FILES_APP = "arbiter-files"


@dataclass(frozen=True)
class Part:
    """A file of the log."""

    path: str
    settled: bool
    month: str
    rows: int
    bytes: int


class Log:
    """The log as it stood when it was looked at; `anew` looks again. Readers need no lock."""

    def __init__(self, location: str) -> None:
        self.location = location.rstrip("/")

    @property
    def is_local(self) -> bool:
        """Whether its files lie on a disk of this machine."""
        return "://" not in self.location

    @property
    def exists(self) -> bool:
        """Whether anything was ever written."""
        return self._table is not None

    @property
    def version(self) -> int:
        """Return the number of its last change; -1 before the first."""
        return self._table.version() if self._table else -1

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Its files, in order of their partitions."""
        if self._table is None:
            return ()
        found = pa.table(self._table.get_add_actions(flatten=True)).to_pylist()
        parts = [
            Part(
                path=f"{self.location}/{unquote(each['path'])}",
                settled=each["partition.settled"],
                month=each["partition.month"],
                rows=each["num_records"],
                bytes=each["size_bytes"],
            )
            for each in found
        ]
        return tuple(sorted(parts, key=lambda part: (part.settled, part.month, part.path)))

    @property
    def rows(self) -> int:
        """Return how many events it holds."""
        return sum(part.rows for part in self.parts)

    def files(self, settled: bool, months: Sequence[str] | None = None) -> list[str]:
        """Return the files of the settled or the other events, of all months or of some."""
        return [
            part.path
            for part in self.parts
            if part.settled == settled and (months is None or part.month in months)
        ]

    def written(self, app: str = APP) -> int:
        """Return the number of the last append that an application made; 0 before the first."""
        return (self._table.transaction_version(app) or 0) if self._table else 0

    def append(self, events: pa.Table, *, number: int, app: str = APP) -> bool:
        """Append events, once for each number: False where that append is there already.

        Raises:
            deltalake.exceptions.CommitFailedError: another writer appends at this moment; nothing was written.
        """
        by = [(name, "ascending") for name in (*PARTITIONS, *SORTED_BY)]
        return self.append_sorted(lambda: events.sort_by(by), number=number, app=app, level=1)

    def append_sorted(
        self,
        events: Callable[[], pa.Table | pa.RecordBatchReader],
        *,
        number: int,
        app: str = APP,
        level: int = 3,
    ) -> bool:
        """Do the same with events that come sorted, by month first and however many; memory stays bounded."""
        self.anew()
        if self.written(app) >= number:
            return False
        self._create()
        once = CommitProperties(app_transactions=[Transaction(app, number)])
        if self.is_local:
            self._take_in(events(), once, level)
        else:
            write_deltalake(
                self._there,
                events(),
                mode="append",
                target_file_size=writing.FILE_BYTES,
                writer_properties=writing.properties(level=level),
                commit_properties=once,
            )
        self.anew()
        return True

    def _take_in(
        self, events: pa.Table | pa.RecordBatchReader, once: CommitProperties, level: int
    ) -> None:
        """Write files here, and commit them: a third of the work of having delta-rs write them."""
        batches = events.to_batches() if isinstance(events, pa.Table) else events
        folder = Path(self.location)
        self._there.create_write_transaction(
            actions=[*local.write(folder, batches, level=level)],
            mode="append",
            schema=self._there.schema(),
            partition_by=list(PARTITIONS),
            commit_properties=once,
        )
        local.sync(folder, self._there.version())

    def rewrite(
        self, events: pa.RecordBatchReader, *, settled: bool | None = None, months: Sequence[str]
    ) -> None:
        """Put events in the place of all those of some months, as they stood when the log was looked at.

        Raises:
            deltalake.exceptions.CommitFailedError: the log has changed since; nothing was written.
        """
        within = ", ".join(f"'{month}'" for month in months)
        predicate = f"month IN ({within})"
        if settled is not None:
            predicate += f" AND settled = {str(settled).lower()}"
        write_deltalake(
            self._there,
            events,
            mode="overwrite",
            predicate=predicate,
            target_file_size=writing.FILE_BYTES,
            writer_properties=writing.properties(),
            commit_properties=CommitProperties(max_commit_retries=0),
        )
        self.anew()

    def gather(self, month: str, *, bytes_each: int) -> None:
        """Make few files of the many small ones of a month."""
        self._there.optimize.compact(
            partition_filters=[("month", "=", month)],
            target_size=bytes_each,
            max_concurrent_tasks=1,
            writer_properties=writing.properties(),
        )
        self.anew()

    def erase(self, predicate: str) -> int:
        """Take out the events that a condition is true of, and return how many; their files go by `vacuum`."""
        if self._table is None:
            return 0
        done = self._table.delete(predicate, writer_properties=writing.properties())
        self.anew()
        return int(done["num_deleted_rows"] or 0)

    def vacuum(self, *, hours: int) -> int:
        """Remove files from the disk that the log has not held for some hours, and return how many.

        Files that a killed writer left behind go, too, when they are a day old.
        """
        if self._table is None:
            return 0
        gone = self._table.vacuum(
            retention_hours=hours, enforce_retention_duration=False, dry_run=False
        )
        left = self._table.vacuum(
            retention_hours=max(hours, 24),
            enforce_retention_duration=False,
            dry_run=False,
            full=True,
        )
        self._table.create_checkpoint()
        self._table.cleanup_metadata()
        self.anew()
        return len(gone) + len(left)

    def show(
        self,
        connection: DuckDBPyConnection,
        name: str,
        *,
        settled: bool,
        months: Sequence[str] | None = None,
    ) -> None:
        """Let a connection of DuckDB read the settled or the other events under a name, without copying any."""
        files = self.files(settled, months)
        if not files:
            connection.register(name, SCHEMA.empty_table())
        elif self.is_local:
            connection.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {select(files)}')
        else:
            # An extension for object storage would have to be fetched while running; pyarrow reads it as it is.
            connection.register(name, self._dataset(settled, months))

    def groups(self) -> Iterator[Callable[[list[str]], pa.Table]]:
        """Yield its groups of rows one by one, each as what reads some columns of it: so little memory is needed."""
        if self.is_local:
            for part in self.parts:
                with pq.ParquetFile(part.path) as file:
                    for place in range(file.num_row_groups):
                        yield partial(file.read_row_group, place, use_threads=False)
        elif self.exists:
            for fragment in self._there.to_pyarrow_dataset().get_fragments():
                for group in fragment.split_by_row_group():
                    yield group.to_table

    def footers(self, settled: bool, month: str) -> list[pq.FileMetaData]:
        """Return what the files of a month say of themselves."""
        if self.is_local:
            return [pq.read_metadata(path) for path in self.files(settled, [month])]
        return [each.metadata for each in self._dataset(settled, [month]).get_fragments()]

    def _dataset(self, settled: bool, months: Sequence[str] | None) -> Any:
        partitions: list[tuple[str, str, Any]] = [("settled", "=", settled)]
        if months is not None:
            partitions.append(("month", "in", list(months)))
        return self._there.to_pyarrow_dataset(file_pruning_predicate=partitions)

    def anew(self) -> None:
        """Look at the log as it stands now."""
        for name in ("_table", "parts"):
            self.__dict__.pop(name, None)

    @cached_property
    def _table(self) -> DeltaTable | None:
        try:
            return DeltaTable(self.location)
        except TableNotFoundError:
            return None

    @property
    def _there(self) -> DeltaTable:
        assert self._table is not None, "The log holds nothing yet."
        return self._table

    def _create(self) -> None:
        if self._table is None:
            DeltaTable.create(
                self.location,
                SCHEMA,
                mode="ignore",
                name="events",
                description="Product-usage events. Each column is explained in docs/method/event-log.md.",
                partition_by=list(PARTITIONS),
                configuration=writing.CONFIGURATION,
            )
            self.anew()


def open_log() -> Log:
    """Return the log of this installation. Nothing is made before the first events come."""
    return Log(settings.EVENT_LOG)


def instant(at: datetime) -> str:
    """Return a moment as a condition for `erase` says it."""
    return f"arrow_cast('{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z', 'Timestamp(Microsecond, Some(\"UTC\"))')"


def select(files: Sequence[str], columns: Sequence[str] = tuple(SCHEMA.names)) -> str:
    """Return SQL for DuckDB that reads files of the log with the columns named, in their types."""
    named = ", ".join(f'"{name}"' for name in columns)
    paths = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
    return (
        f"SELECT {named} FROM read_parquet([{paths}], hive_partitioning = true, "  # noqa: S608
        "hive_types = {'settled': BOOLEAN, 'month': VARCHAR})"
    )
