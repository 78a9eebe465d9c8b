"""The event log: an open table of Parquet files that other tools may read as it stands."""
