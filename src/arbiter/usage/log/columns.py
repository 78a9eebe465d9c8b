"""The columns of the event log. Other tools read them as they stand: `docs/method/event-log.md` explains each.

`at` is when it happened, `recorded_at` when we learnt it: a figure as of a moment counts what was recorded by then.
An event is settled when it says its customer itself, and its user or that there is none; of the rest something follows
from what users said later, so those are kept apart (`settled` is false) and joined with memberships when they are read.
"""

from __future__ import annotations

import pyarrow as pa

MOMENT = pa.timestamp("us", tz="UTC")
PARTITIONS = ("settled", "month")
SORTED_BY = ("customer_id", "at", "message_id")
SCHEMA = pa.schema(
    [
        pa.field("settled", pa.bool_(), nullable=False),
        pa.field("month", pa.string(), nullable=False),  # of `at`, "2026-11"
        pa.field("customer_id", pa.string()),  # the key the product sends
        pa.field("user_id", pa.string()),
        pa.field("anonymous_id", pa.string()),
        pa.field(
            "kind", pa.string(), nullable=False
        ),  # track, page, screen, identify, group, alias
        pa.field(
            "event", pa.string(), nullable=False
        ),  # a track's name, a page's name; may be empty else
        pa.field("at", MOMENT, nullable=False),
        pa.field("day", pa.date32(), nullable=False),  # of `at`, in UTC
        pa.field("sent_at", MOMENT),
        pa.field("received_at", MOMENT, nullable=False),
        pa.field("recorded_at", MOMENT, nullable=False),
        pa.field("source", pa.int64(), nullable=False),  # the source's key; 0 for files
        pa.field("import_id", pa.int64()),
        pa.field("message_id", pa.string(), nullable=False),
        pa.field(
            "message_hash", pa.int64(), nullable=False
        ),  # of source and message id: repeats are found by it
        pa.field("properties", pa.string()),  # JSON; of identify and group their traits
    ]
)
