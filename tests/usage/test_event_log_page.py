"""The page about the log names its columns as they are."""

import re
from pathlib import Path

import pyarrow as pa

from arbiter.usage.log.columns import MOMENT, SCHEMA

PAGE = Path(__file__).resolve().parents[2] / "docs/method/event-log.md"
TYPES = {
    "boolean": pa.bool_(),
    "text": pa.string(),
    "instant": MOMENT,
    "date": pa.date32(),
    "whole number": pa.int64(),
}


def test_the_page_tells_of_every_column_in_its_order_and_type():
    rows = re.findall(r"^\| `(\w+)` \| ([\w ]+) \| .+ \|$", PAGE.read_text(), re.MULTILINE)

    assert [(name, TYPES[told]) for name, told in rows] == [
        (field.name, field.type) for field in SCHEMA
    ]
