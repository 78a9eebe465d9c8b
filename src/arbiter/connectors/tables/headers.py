"""Header names: compared loosely, kept apart by position, and remembered as a set."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. Its position tells it from another of the same name."""

    position: int
    name: str
    label: str

    @property
    def normal(self) -> str:
        return normalise(self.name)


def normalise(header: str) -> str:
    """A header as it is compared: without marks, outer spaces, underscores and case.

    >>> normalise("\\ufeff Renewal_Date ")
    'renewal date'
    """
    text = unicodedata.normalize("NFKC", header).replace("\ufeff", "").replace("_", " ")
    return _SPACES.sub(" ", text).strip().strip(":*").strip().casefold()


def columns_of(cells: Iterable[str]) -> tuple[Column, ...]:
    """Columns in file order; the second `Labels` is called `Labels (2)`, a nameless one by number."""
    seen: dict[str, int] = {}
    columns = []
    for position, cell in enumerate(cells):
        name = cell.replace("\ufeff", "").strip()
        base = name or f"Column {position + 1}"
        seen[base] = seen.get(base, 0) + 1
        label = base if seen[base] == 1 else f"{base} ({seen[base]})"
        columns.append(Column(position, name, label))
    return tuple(columns)


def fingerprint(columns: Iterable[Column]) -> str:
    """Stable name of a header row, so that a mapping once corrected is found again."""
    text = "\x1f".join(column.normal for column in columns)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
