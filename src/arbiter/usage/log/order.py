"""Putting the log in order: few files a month, sorted by customer and time, so that a question reads little."""

from __future__ import annotations

from collections import defaultdict
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
    small: dict[tuple[bool, str], int] = defaultdict(int)
    for part in log.parts:
        small[part.settled, part.month] += part.bytes < SMALL
    return sorted({month for (_, month), count in small.items() if count > MOST_SMALL})


def unsorted(log: Log) -> list[tuple[bool, str]]:
    """Return settled or not and month of what is not sorted by customer from its first file to its last."""
    every = sorted({(part.settled, part.month) for part in log.parts})
    return [which for which in every if not _is_sorted(log.footers(*which))]


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
