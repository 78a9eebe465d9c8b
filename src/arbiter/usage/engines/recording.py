"""By when the events of a month had been recorded, as the log says of its files."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyarrow as pa
from deltalake import DeltaTable

from arbiter.usage.log.table import Log

_LAST = "max.recorded_at"
# A table of Delta keeps moments of its files in whole milliseconds, cut off.
_CUT_OFF = timedelta(milliseconds=1)


def by_month(log: Log) -> dict[str, datetime | None]:
    """Return for each month with settled events a moment by which all of them had been recorded, where the log says it."""
    if not log.exists:
        return {}
    files = pa.table(DeltaTable(log.location, version=log.version).get_add_actions(flatten=True))
    found: dict[str, datetime | None] = {}
    for file in files.to_pylist():
        if file["partition.settled"]:
            month, last = file["partition.month"], file.get(_LAST)
            before = found.get(month, last)
            found[month] = None if last is None or before is None else max(last, before)
    return {month: last and last + _CUT_OFF for month, last in found.items()}
