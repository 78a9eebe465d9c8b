"""What a reader of the inbox chose: how far it is, where it was said, whose it is, which theme, which words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict

from arbiter.voice.queries.choices import FeedbackSource, FeedbackStatus
from arbiter.voice.queries.feedback import MOST_WORDS, Filters

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

NO_THEME = "none"
STATUSES = {
    "": "Open",
    **{status.value: status.label.capitalize() for status in FeedbackStatus},
    "all": "All",
}
SOURCES = {source.value: source.label.capitalize() for source in FeedbackSource}


def source_words(source: str) -> str:
    """What a place is called where something was said; a file may name others than ours."""
    return SOURCES.get(source) or source.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Choice:
    """The choice as the address tells it; what it does not understand is left out."""

    status: str = ""
    source: str = ""
    theme: str = ""
    area: str = ""
    mine: bool = False
    blocking: bool = False
    q: str = ""

    @classmethod
    def of(cls, told: QueryDict, *, sources: Collection[str] = SOURCES.keys()) -> Choice:
        """Read the choice from an address; `sources` are the places there are."""
        theme = told.get("theme", "")
        numbered = theme.isdecimal() and len(theme) < 18
        return cls(
            status=_one(told, "status", STATUSES),
            source=_one(told, "source", sources),
            theme=theme if numbered or theme == NO_THEME else "",
            area=_text(told, "area"),
            mine=told.get("mine") == "yes",
            blocking=told.get("blocking") == "yes",
            q=_text(told, "q"),
        )

    def filters(self, reader: Person) -> Filters:
        """Return which feedback is meant."""
        return Filters(
            status=self.status,
            source=self.source,
            theme=int(self.theme) if self.theme.isdecimal() else None,
            unsorted=self.theme == NO_THEME,
            owner=reader.pk if self.mine else None,
            product_area=self.area,
            blocking=self.blocking,
            words=self.q,
        )

    def query(self, **changes: Any) -> str:
        """Return the end of an address with this choice and some changes; what is usual is left out."""
        other, usual = replace(self, **changes), Choice()
        told = {
            each.name: "yes" if value is True else value
            for each in fields(self)
            if (value := getattr(other, each.name)) != getattr(usual, each.name)
        }
        return f"?{urlencode(told)}" if told else "?"


def _one(told: QueryDict, name: str, known: Any) -> str:
    value = told.get(name, "")
    return value if value in known else ""


def _text(told: QueryDict, name: str) -> str:
    return told.get(name, "").replace("\x00", "")[:MOST_WORDS].strip()
