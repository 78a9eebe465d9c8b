"""What a reader of the answers chose: how many months, whose customers, and which answers by name."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict

from arbiter.accounts.queries import customers
from arbiter.accounts.queries.choices import ContactRole
from arbiter.forecast.queries import memo
from arbiter.voice.queries import coverage, responses
from arbiter.voice.queries.choices import AskKind
from arbiter.voice.queries.comments import BANDS
from arbiter.voice.queries.responses import Window

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

MONTHS = (3, 12, 24)
USUAL_MONTHS = 12
MOST = 200
STATES = (*responses.STATES, "opened", *coverage.STATES)


@dataclass(frozen=True)
class Choice:
    """The choice as the address tells it; what it does not understand is left out."""

    months: int = USUAL_MONTHS
    segment: str = ""
    mine: bool = False
    kind: str = ""
    role: str = ""
    state: str = ""
    band: str = ""
    q: str = ""
    every: bool = False

    @classmethod
    def of(cls, told: QueryDict) -> Choice:
        """Read the choice from an address."""
        months = told.get("months", "")
        text = {
            name: told.get(name, "").replace("\x00", "")[:MOST].strip() for name in ("q", "segment")
        }
        return cls(
            months=int(months) if months in map(str, MONTHS) else USUAL_MONTHS,
            mine=told.get("mine") == "yes",
            kind=_one(told, "kind", AskKind.values),
            role=_one(told, "role", ContactRole.values),
            state=_one(told, "state", STATES),
            band=_one(told, "band", BANDS),
            every=told.get("every") == "yes",
            **text,
        )

    def window(self, reader: Person, now: datetime, *, customer: int | None = None) -> Window:
        """Return the months and the customers that are meant."""
        owner = reader.pk if self.mine else None
        return Window(now, self.months, self.segment, owner, customer)

    def query(self, **changes: Any) -> str:
        """Return the end of an address with this choice and some changes; what is usual is left out."""
        told = {name: changes.get(name, getattr(self, name)) for name in USUAL}
        kept = {
            name: "yes" if value is True else value
            for name, value in told.items()
            if value != USUAL[name]
        }
        return f"?{urlencode(kept)}" if kept else "?"

    def about_all(self) -> Choice:
        """Return the months and customers chosen, without what narrows a list of names."""
        return Choice(self.months, self.segment, self.mine)


USUAL = {each.name: each.default for each in fields(Choice)}


def windows(choice: Choice) -> list[dict[str, Any]]:
    """The months to choose from, as chips."""
    return [
        {
            "label": f"{months} months",
            "url": choice.query(months=months),
            "current": months == choice.months,
        }
        for months in MONTHS
    ]


def segments(choice: Choice) -> list[dict[str, Any]]:
    """The segments in use, as links of a menu; none where there are none."""
    # Looking for them reads every customer; a new one shows as soon as the read model is written anew.
    words = memo.remember(("segments in use",), lambda: customers.words_in_use("segment"))
    every = {
        "label": "Every segment",
        "url": choice.query(segment=""),
        "current": not choice.segment,
    }
    named = (
        {"label": word, "url": choice.query(segment=word), "current": word == choice.segment}
        for word in words
    )
    return [every, *named] if words else []


def whose(choice: Choice) -> list[dict[str, Any]]:
    """Whose customers, as links of a menu."""
    return [
        {"label": "Everyone’s", "url": choice.query(mine=False), "current": not choice.mine},
        {"label": "Mine", "url": choice.query(mine=True), "current": choice.mine},
    ]


def _one(told: QueryDict, name: str, known: Any) -> str:
    value = told.get(name, "")
    return value if value in known else ""
