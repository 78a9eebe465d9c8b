"""Events as rows of the log: from what the wire reads, or from columns that are there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from hashlib import md5
from math import floor
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import structs

from arbiter.usage.log.columns import MOMENT, SCHEMA
from arbiter.usage.wire.event import Event

_MOMENTS = ("at", "received_at", "sent_at")
_PACKED_AT = 5_000


class Rows:
    """Gathers events of many bodies, column by column, each message of a source once."""

    def __init__(self) -> None:
        self._seen: defaultdict[int, set[str]] = defaultdict(set)
        self._packed: list[pa.Table] = []
        self._events: list[Event] = []
        self._sources: list[int] = []

    def add(self, source: int, events: Sequence[Event]) -> int:
        """Add the events of a body that were not added before, and return how many those were."""
        seen = self._seen[source]
        first = {event.message_id: event for event in reversed(events)}
        if len(first) == len(events) and seen.isdisjoint(first):
            new = events
        else:
            new = [each for each in reversed(first.values()) if each.message_id not in seen]
        seen.update(first)
        self._events.extend(new)
        self._sources.extend([source] * len(new))
        if len(self._events) >= _PACKED_AT:
            self._pack()
        return len(new)

    def table(self) -> pa.Table:
        """Return them as rows of the log, and forget them."""
        self._pack()
        self._seen.clear()
        found, self._packed = pa.concat_tables(self._packed), []
        return found

    def _pack(self) -> None:
        """Turn objects into columns now and then: they need a tenth of the memory."""
        names = Event.__struct_fields__
        told = (
            zip(*map(structs.astuple, self._events), strict=True)
            if self._events
            else [()] * len(names)
        )
        columns = {name: _column(name, found) for name, found in zip(names, told, strict=True)}
        columns["source"] = pa.array(self._sources, pa.int64())
        columns["recorded_at"] = columns["received_at"]
        self._packed.append(completed(pa.table(columns)))
        self._events, self._sources = [], []


def completed(known: pa.Table) -> pa.Table:
    """Return rows with the columns that follow from others, in the log's order and types."""
    day = known["at"].cast(pa.date32())
    columns = {name: known[name] for name in known.column_names}
    columns["day"] = day
    columns["month"] = _months(day)
    columns["settled"] = pc.and_(
        pc.is_valid(columns["customer_id"]),
        pc.or_(pc.is_valid(columns["user_id"]), pc.is_null(columns["anonymous_id"])),
    )
    columns["message_hash"] = hashes(known["source"].to_pylist(), known["message_id"].to_pylist())
    return pa.table(
        [
            columns[field.name].cast(field.type)
            if field.name in columns
            else pa.nulls(known.num_rows, field.type)
            for field in SCHEMA
        ],
        schema=SCHEMA,
    )


def hashes(sources: Sequence[int], message_ids: Sequence[str]) -> pa.Array:
    """Return the number by which repeats of messages are looked for: half the MD5 of source and message id.

    DuckDB counts it alike (`files.HASH`). That others could make two messages alike changes nothing: the texts decide.
    """
    digests = b"".join(
        [
            md5(f"{source}:{message_id}".encode(), usedforsecurity=False).digest()[8:]
            for source, message_id in zip(sources, message_ids, strict=True)
        ]
    )
    return pa.array(np.frombuffer(digests, dtype="<i8"), pa.int64())


def _column(name: str, found: Sequence[Any]) -> pa.Array:
    return _moments(found) if name in _MOMENTS else pa.array(found, pa.string())


def _moments(found: Sequence[datetime | None]) -> pa.Array:
    """Return instants to the microsecond: twenty times faster than pyarrow finds them, as the flush needs it."""
    micros = {
        moment: floor(moment.timestamp()) * 1_000_000 + moment.microsecond
        for moment in set(found)
        if moment is not None
    }
    return pa.array([micros.get(moment) for moment in found], pa.int64()).cast(MOMENT)  # type: ignore[arg-type]


def _months(day: pa.ChunkedArray) -> pa.ChunkedArray:
    days = pc.unique(day)
    names = pa.array([f"{each:%Y-%m}" for each in days.to_pylist()], pa.string())
    return names.take(pc.index_in(day, days))
