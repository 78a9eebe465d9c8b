"""A log of few events, told as in `tests/usage/expressions/tables.py`."""

import zlib

import pyarrow as pa

from arbiter.usage.log.columns import SCHEMA
from arbiter.usage.log.table import open_log


def log_of(*events):
    """Write events into the log of this test, and return it."""
    log = open_log()
    log.append(table(events), number=log.written() + 1)
    return log


def table(events):
    """Events in the columns of the log."""
    return pa.Table.from_pylist([_row(event) for event in events], schema=SCHEMA)


def _row(event):
    return event | {
        "settled": event["customer_id"] is not None and event["user_id"] is not None,
        "month": event["at"].strftime("%Y-%m"),
        "sent_at": None,
        "received_at": event["at"],
        "import_id": None,
        "message_hash": zlib.crc32(event["message_id"].encode()),
    }
