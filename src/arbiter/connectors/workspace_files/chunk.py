"""Rows that have been read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Chunk:
    """Rows of one file that are good in themselves: canonical texts by column."""

    lines: list[int]
    names: list[str]
    texts: dict[str, Sequence[str]]
    custom: dict[str, Sequence[str]]

    def __len__(self) -> int:
        return len(self.lines)

    def kept(self, places: Sequence[int]) -> Chunk:
        """Return some of the rows."""
        return Chunk(
            [self.lines[place] for place in places],
            [self.names[place] for place in places],
            {name: [texts[place] for place in places] for name, texts in self.texts.items()},
            {name: [texts[place] for place in places] for name, texts in self.custom.items()},
        )
