"""Files of the log on a disk of this machine, written as events come sorted, and on the disk before anything says so.

The log takes them in by one commit. Files of a writer that was killed before it are never read, and go by `vacuum`.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake.transaction import AddAction

from arbiter.usage.log import writing
from arbiter.usage.log.columns import PARTITIONS, SCHEMA

_IN_FILES = pa.schema([field for field in SCHEMA if field.name not in PARTITIONS])
_TOLD = ("at", "day", "recorded_at")
MOST_WAITING = 1
Which = tuple[bool, str]
Done = TypeVar("Done")


def write(folder: Path, events: Iterable[pa.RecordBatch], *, level: int) -> list[AddAction]:
    """Write events into files of a folder, and return what a commit has to say of them.

    Args:
        folder: of the log.
        events: rows of the log, sorted by its partitions first.
        level: of compression.
    """
    made: list[Future[AddAction]] = []
    file: _File | None = None
    with ThreadPoolExecutor(max_workers=1) as pool:
        behind = _Behind(pool)
        for which, piece in _pieces(events):
            if file is None or file.which != which or file.is_full:
                if file is not None:
                    made.append(behind.do(file.close))
                file = _File(folder, which, level)
            if (group := file.take(piece)) is not None:
                behind.do(file.write, group)
        if file is not None:
            made.append(behind.do(file.close))
        return [each.result() for each in made]


def sync(folder: Path, version: int) -> None:
    """Have the disk keep a commit of the log, before what it holds is removed elsewhere."""
    _sync(folder / "_delta_log" / f"{version:020}.json")
    _sync(folder / "_delta_log")


class _Behind:
    """Writes in a thread of its own, in turn, while the next rows are sorted; one waits, for it takes memory."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._waiting: deque[Future[Any]] = deque()

    def do(self, what: Callable[..., Done], *given: object) -> Future[Done]:
        """Have something done when all before it is."""
        while len(self._waiting) >= MOST_WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._pool.submit(what, *given))
        return self._waiting[-1]


class _File:
    """One file that is being written: its rows wait until they are a group."""

    def __init__(self, folder: Path, which: Which, level: int) -> None:
        settled, month = which
        self.which = which
        self._values = {"settled": str(settled).lower(), "month": month}
        self._name = f"settled={self._values['settled']}/month={month}/part-{uuid4()}.parquet"
        self._path = folder / self._name
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._waiting: list[pa.RecordBatch] = []
        self._waiting_rows = 0
        self._writer = pq.ParquetWriter(self._path, _IN_FILES, **writing.arrow(level=level))

    @property
    def is_full(self) -> bool:
        """Whether it is as large as a file should be."""
        return self._waiting_rows == 0 and self._path.stat().st_size >= writing.FILE_BYTES

    def take(self, piece: pa.RecordBatch) -> pa.Table | None:
        """Take rows of its month; return those that are a group now, to be written."""
        self._waiting.append(piece)
        self._waiting_rows += piece.num_rows
        return self._group() if self._waiting_rows >= writing.ROWS_IN_A_GROUP else None

    def write(self, rows: pa.Table) -> None:
        """Write a group of rows."""
        self._writer.write_table(
            rows.select(_IN_FILES.names), row_group_size=writing.ROWS_IN_A_GROUP
        )

    def close(self) -> AddAction:
        """Finish it, and say what a commit says of it."""
        if self._waiting:
            self.write(self._group())
        self._writer.close()
        _sync(self._path)
        _sync(self._path.parent)
        return AddAction(
            path=self._name,
            size=self._path.stat().st_size,
            partition_values=self._values,
            modification_time=int(self._path.stat().st_mtime * 1000),
            data_change=True,
            stats=json.dumps(_statistics(pq.read_metadata(self._path))),
        )

    def _group(self) -> pa.Table:
        rows = pa.Table.from_batches(self._waiting)
        self._waiting, self._waiting_rows = [], 0
        return rows


def _pieces(events: Iterable[pa.RecordBatch]) -> Iterator[tuple[Which, pa.RecordBatch]]:
    """Cut batches where a month ends."""
    for batch in events:
        if not batch.num_rows:
            continue
        settled = np.asarray(batch["settled"].to_numpy(zero_copy_only=False), dtype="i8")
        months = batch["month"].dictionary_encode()
        places = settled * len(months.dictionary) + months.indices.to_numpy()
        ends = [0, *(np.flatnonzero(np.diff(places)) + 1).tolist(), batch.num_rows]
        for start, end in pairwise(ends):
            which = (bool(settled[start]), batch["month"][start].as_py())
            yield which, batch.slice(start, end - start)


def _statistics(footer: pq.FileMetaData) -> dict[str, Any]:
    """Return what the log itself knows of a file: how many rows, and between which moments."""
    found: dict[str, Any] = {"numRecords": footer.num_rows, "minValues": {}, "maxValues": {}}
    groups = [footer.row_group(place) for place in range(footer.num_row_groups)]
    for name in _TOLD:
        told = [group.column(_IN_FILES.names.index(name)).statistics for group in groups]
        found["minValues"][name] = _plain(min(each.min for each in told))
        found["maxValues"][name] = _plain(max(each.max for each in told))
    return found | {"nullCount": dict.fromkeys(_TOLD, 0)}


def _plain(value: date | datetime) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
    return value.isoformat()


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
