"""Rows of workspace files as JSON says them: numbers as numbers, what is unknown as null."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from arbiter.connectors.workspace_files.spec import FILES
from arbiter.foundation.outlet import Stored

_READS: dict[str, Callable[[str], Any]] = {
    "boolean": lambda text: text == "true",
    "number": json.loads,
    "whole": int,
}


def row(file: str, stored: Stored) -> dict[str, Any]:
    """Return a row with a value for every column of its file, and the columns that came with it beside them."""
    columns = FILES[file].by_name
    found = {name: _value(columns[name].kind.parquet, text) for name, text in stored.texts.items()}
    return {**stored.custom, **found}


def _value(kind: str, text: str) -> Any:
    if not text:
        return None
    reads = _READS.get(kind)
    return reads(text) if reads else text
