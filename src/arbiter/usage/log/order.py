"""Putting the log in order: few files a month, sorted by customer and time, so that a question reads little."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pyarrow.parquet as pq

from arbiter.usage.log.columns import SCHEMA, SORTED_BY
from arbiter.usage.log.duck import duck
from arbiter.usage.log.table import Log

# A file below this size is small; so many small files of a month are gathered into few.
SMALL = 16 * 1024 * 1024
MOST_SMALL = 40
ROWS_AT_ONCE = 64 * 1024


def crowded(log: Log) -> list[str]:
    """Return the months that have so many small files that reading them all is slow."""
    every = sorted({(part.settled, part.month) for part in log.parts})
    return sorted({month for settled, month in every if _small(log, settled, month) > MOST_SMALL})


def unsorted(log: Log) -> list[tuple[bool, str]]:
    """Return settled or not and month of what is in several small files, or not sorted by customer through all of them."""
    every = sorted({(part.settled, part.month) for part in log.parts})
    return [
        which for which in every if _small(log, *which) > 1 or not _is_sorted(log.footers(*which))
    ]


def sort(log: Log, settled: bool, month: str, *, megabytes: int = 256) -> None:
    """Write the events of a month anew, sorted, into few files; memory stays bounded.

    Raises:
        deltalake.exceptions.CommitFailedError: the log has changed since it was looked at; nothing was written.
    """
    names = ", ".join(f'"{name}"' for name in SCHEMA.names)
    order = ", ".join(f'"{name}"' for name in SORTED_BY)
    with duck(megabytes=megabytes) as connection:
        log.show(connection, "month_of_log", settled=settled, months=[month])
        events = connection.sql(f"SELECT {names} FROM month_of_log ORDER BY {order}")  # noqa: S608
        reader = events.to_arrow_reader(ROWS_AT_ONCE)
        log.rewrite(reader.cast(SCHEMA), settled=settled, months=[month])


def _small(log: Log, settled: bool, month: str) -> int:
    return sum(
        part.bytes < SMALL for part in log.parts if (part.settled, part.month) == (settled, month)
    )


def _is_sorted(footers: Iterable[pq.FileMetaData]) -> bool:
    """Look at the groups of rows, for it is by them that a reader skips what it need not read."""
    ranges = []
    for footer in footers:
        place = footer.schema.names.index("customer_id")
        for group in range(footer.num_row_groups):
            said = footer.row_group(group).column(place).statistics
            if said and said.has_min_max:
                ranges.append((said.min, said.max))
    ranges.sort()
    return all(one[1] <= other[0] for one, other in pairwise(ranges))
