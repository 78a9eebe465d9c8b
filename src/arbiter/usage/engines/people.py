"""Who is who, from the operational database, as tables for an engine."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db.models import QuerySet

from arbiter.usage.engines import shape
from arbiter.usage.expressions import events
from arbiter.usage.expressions.identities import resolved
from arbiter.usage.models import Alias, Membership

AT_ONCE = 50_000


def memberships(as_of: datetime) -> pa.Table:
    """Return which users had been seen at which customers by a moment."""
    rows = Membership.objects.filter(recorded_at__lte=as_of)
    found = _plain(rows, "user_key", "customer_key", "recorded_at")
    return pa.Table.from_batches(found, schema=shape.columns(events.MEMBERSHIPS))


def aliases(as_of: datetime) -> pa.Table:
    """Return the names of users that were known by a moment, each with the one user it means."""
    rows = Alias.objects.filter(recorded_at__lte=as_of)
    links = rows.values_list("user_key", "other_key", "recorded_at").iterator(chunk_size=AT_ONCE)
    return shape.from_rows(resolved(links), events.ALIASES)


def anybody_anew(*, since: datetime, as_of: datetime) -> bool:
    """Say whether anybody was seen at another customer or under another name after a moment, and by another."""
    anew = {"recorded_at__gt": since, "recorded_at__lte": as_of}
    return any(kind.objects.filter(**anew).exists() for kind in (Membership, Alias))


def _plain(rows: QuerySet[Any, Any], *names: str) -> list[pa.RecordBatch]:
    """Rows in batches, so that a million of them need no million objects at once."""
    schema = shape.columns(events.MEMBERSHIPS)
    found, batch = [], []
    for row in rows.values_list(*names).iterator(chunk_size=AT_ONCE):
        batch.append(row)
        if len(batch) == AT_ONCE:
            found.append(_batch(batch, schema))
            batch = []
    return [*found, _batch(batch, schema)] if batch else found


def _batch(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [
        pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
