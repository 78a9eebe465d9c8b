"""What a message to colleagues is made of, whichever channel it goes to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One change: at whom, what, and where to look."""

    customer: str
    text: str
    url: str


@dataclass(frozen=True)
class Section:
    """Changes of one kind."""

    title: str
    lines: tuple[Line, ...]
