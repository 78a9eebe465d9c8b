"""Which character parts the cells: a comma, a semicolon or a tab.

The one that yields the same number of cells, above one, in most of the first records wins. Quoted
text is parsed, not searched, so a comma inside a name does not count.
"""

import csv
import io
from collections import Counter
from itertools import islice

DELIMITERS = (",", ";", "\t")
_RECORDS = 30


def detect_delimiter(sample: str) -> str:
    """Pick the delimiter for a text that holds the first records of a file."""
    declared = _declared(sample)
    if declared:
        return declared
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def declares_delimiter(line: str) -> bool:
    """Whether a first line is Excel's own `sep=;`, which belongs to no row."""
    return bool(_declared(line))


def _declared(sample: str) -> str:
    first = sample.split("\n", 1)[0].strip().strip('"').lower()
    if first.startswith("sep=") and first[4:5] in DELIMITERS:
        return first[4]
    return "\t" if sample.lower().startswith("sep=\t") else ""


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        widths = [len(record) for record in islice(reader, _RECORDS) if any(record)]
    except csv.Error:
        return (0.0, 0)
    if not widths or widths[0] < 2:
        return (0.0, 0)
    _, frequency = Counter(widths).most_common(1)[0]
    return (frequency / len(widths), widths[0])
