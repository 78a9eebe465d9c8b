"""Words that are not kept for ever: each capability says which it holds, how many are older than a day, and forgets them.

How long each kind is kept is set in `accounts`; a kind that nobody has set stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Kind:
    """Words of one kind.

    Attributes:
        key: the kind's name, for good.
        label: what it is called on a page.
        holds: what goes, and what stays.
        count: how many would go that are older than a moment.
        forget: erases those, and returns how many there were.
    """

    key: str
    label: str
    holds: str
    count: Callable[[datetime], int]
    forget: Callable[[datetime], int]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Have a kind of words be forgotten after a time that is set for it."""
    _kinds[kind.key] = kind


def kinds() -> list[Kind]:
    """Every kind of words, by what it is called."""
    return sorted(_kinds.values(), key=lambda kind: kind.label)


def kind(key: str) -> Kind | None:
    """The kind of a name."""
    return _kinds.get(key)
