"""How files of the log are written: what is compressed, what is worth a statistic, how large a group of rows is."""

from __future__ import annotations

from typing import Any

from deltalake import ColumnProperties, WriterProperties

from arbiter.usage.log.columns import PARTITIONS, SCHEMA

# Small enough that reading a few customers passes over most of a month, large enough to compress and to read in full.
ROWS_IN_A_GROUP = 32 * 1024
FILE_BYTES = 256 * 1024 * 1024

# Statistics of the log itself: moments only. The names of customers and users stand in the data files alone, so that
# what is erased there is nowhere else.
CONFIGURATION = {
    "delta.dataSkippingStatsColumns": "at,day,recorded_at",
    "delta.checkpointInterval": "50",
    "delta.logRetentionDuration": "interval 6 hours",
    "delta.deletedFileRetentionDuration": "interval 6 hours",
}


_UNIQUE = ("message_id", "message_hash")
_UNCOUNTED = (*_UNIQUE, "properties")


def properties(*, level: int = 3) -> WriterProperties:
    """Return how a file is written; what is soon written anew is compressed less, which needs less memory."""
    unique = ColumnProperties(dictionary_enabled=False, statistics_enabled="NONE")
    return WriterProperties(
        compression="ZSTD",
        compression_level=level,
        max_row_group_size=ROWS_IN_A_GROUP,
        column_properties={
            **dict.fromkeys(_UNIQUE, unique),
            "properties": ColumnProperties(statistics_enabled="NONE"),
        },
    )


def arrow(*, level: int) -> dict[str, Any]:
    """Return the same for a writer of pyarrow."""
    names = [name for name in SCHEMA.names if name not in PARTITIONS]
    return {
        "compression": "zstd",
        "compression_level": level,
        "use_dictionary": [name for name in names if name not in _UNIQUE],
        "write_statistics": [name for name in names if name not in _UNCOUNTED],
    }
