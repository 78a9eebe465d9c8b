"""How files of the log are written: what is compressed, what is worth a statistic, how large a group of rows is."""

from __future__ import annotations

from deltalake import ColumnProperties, WriterProperties

# Small enough that one customer's months are a few groups, large enough to compress.
ROWS_IN_A_GROUP = 128 * 1024
FILE_BYTES = 256 * 1024 * 1024

# Statistics of the log itself: moments only. The names of customers and users stand in the data files alone, so that
# what is erased there is nowhere else.
CONFIGURATION = {
    "delta.dataSkippingStatsColumns": "at,day,recorded_at",
    "delta.checkpointInterval": "50",
    "delta.logRetentionDuration": "interval 6 hours",
    "delta.deletedFileRetentionDuration": "interval 6 hours",
}


def properties(*, level: int = 3) -> WriterProperties:
    """Return how a file is written; what is soon written anew is compressed less, which needs less memory."""
    unique = ColumnProperties(dictionary_enabled=False, statistics_enabled="NONE")
    return WriterProperties(
        compression="ZSTD",
        compression_level=level,
        max_row_group_size=ROWS_IN_A_GROUP,
        column_properties={
            "message_id": unique,
            "message_hash": unique,
            "properties": ColumnProperties(statistics_enabled="NONE"),
        },
    )
