"""The address of a list, understood: what it is narrowed to, and the addresses one choice away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from arbiter.forecast.queries.pages import SORTS
from arbiter.forecast.queries.standings import LISTS, SEALED, Filters
from arbiter.workspace.lists.words import ANSWERS

if TYPE_CHECKING:
    from django.http import QueryDict

WINDOWS = (30, 90, 180, 365)
DEFAULT_SORT = "answer"
KEYS = (
    *("answer", "owner", "segment", "stage", "list", "days", "overdue", "currency", "q"),
    *("archived", "sort"),
)
"""What an address of the customers page may say, besides the place in the list."""
_ONCE = {"days", "overdue", "q", "archived", "sort", "currency"}
MOST_WORDS = 100


@dataclass(frozen=True)
class Query:
    """Choices in the order of their keys. What a list does not understand it has forgotten."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, given: QueryDict) -> Query:
        """Understand the address of a request."""
        return cls._of((key, value) for key in KEYS for value in given.getlist(key))

    @classmethod
    def parse(cls, text: str) -> Query:
        """Understand what a saved view kept."""
        return cls._of(parse_qsl(text))

    @classmethod
    def _of(cls, given: Iterable[tuple[str, str]]) -> Query:
        kept = dict.fromkeys((key, value.strip()[:200]) for key, value in given)
        understood = [pair for pair in kept if _is_understood(*pair)]
        return cls(tuple(sorted(understood, key=lambda pair: (KEYS.index(pair[0]), pair[1]))))

    def all(self, key: str) -> list[str]:
        """Return everything chosen for a key."""
        return [value for name, value in self.pairs if name == key]

    def one(self, key: str, default: str = "") -> str:
        """Return what is chosen for a key."""
        return next(iter(self.all(key)), default)

    def has(self, key: str, value: str) -> bool:
        """Say whether a value is chosen."""
        return (key, value) in self.pairs

    def toggled(self, key: str, value: str) -> Query:
        """Choose a value, or no longer; where only one can hold, it takes the other's place."""
        if self.has(key, value):
            return Query(tuple(pair for pair in self.pairs if pair != (key, value)))
        rest = self.without(key) if key in _ONCE else self
        return Query._of((*rest.pairs, (key, value)))

    def without(self, *keys: str) -> Query:
        """Drop everything chosen for some keys."""
        return Query(tuple(pair for pair in self.pairs if pair[0] not in keys))

    def text(self) -> str:
        """Return what stands behind the question mark."""
        return urlencode(self.pairs)

    def url(self, path: str, **more: str) -> str:
        """Return the address of a list with these choices."""
        text = urlencode([*self.pairs, *((key, value) for key, value in more.items() if value)])
        return f"{path}?{text}" if text else path

    @property
    def sort(self) -> str:
        """The order of the list."""
        return self.one("sort", DEFAULT_SORT)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but an order is chosen."""
        return bool(self.without("sort").pairs)

    def filters(self, me: int) -> Filters:
        """Return what the list is narrowed to; `me` stands for whoever looks."""
        owners = self.all("owner")
        days = self.one("days")
        return Filters(
            intents=frozenset(self.all("answer")),
            owners=frozenset(
                me if each == "me" else int(each) for each in owners if each != "none"
            ),
            unowned="none" in owners,
            segments=frozenset(self.all("segment")),
            stages=frozenset(self.all("stage")),
            currencies=frozenset(self.all("currency")),
            picked=frozenset(self.all("list")),
            within_days=int(days) if days else None,
            overdue=self.has("overdue", "1"),
            archived=self.has("archived", "1"),
            words=self.one("q")[:MOST_WORDS],
        )


def _is_understood(key: str, value: str) -> bool:
    known: dict[str, bool] = {
        "answer": value in ANSWERS or value == SEALED,
        "owner": value in {"me", "none"} or (value.isdecimal() and len(value) < 19),
        "list": value in LISTS,
        "days": value.isdecimal() and 0 < len(value) < 5,
        "overdue": value == "1",
        "archived": value == "1",
        "sort": value in SORTS,
        "currency": len(value) == 3,
    }
    # No text of ours holds a NUL, and PostgreSQL refuses to look for one.
    return key in KEYS and value != "" and "\x00" not in value and known.get(key, True)
