"""A customer as a line of a list: what a template needs, worked out once. What is sealed is left out here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from arbiter.accounts.queries import contracts
from arbiter.accounts.rules import day
from arbiter.forecast.queries.standings import SEALED
from arbiter.workspace.lists import steps
from arbiter.workspace.lists.steps import Step
from arbiter.workspace.lists.words import ROLES
from arbiter.workspace.lists.words import settled as words_of

if TYPE_CHECKING:
    from arbiter.accounts.queries.contracts import Settled
    from arbiter.forecast.models import Standing


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a customer and what they said."""

    name: str
    role: str
    answer: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One customer. `answer` is `sealed` where nobody here may read yet what was said."""

    row: Standing
    url: str
    answer: str
    people: list[Person]
    voice: Person | None
    """Of those who said what the answer is, the one who decides or spoke last."""
    step: Step | None
    days_left: int | None
    soon: bool
    others: list[tuple[str, str]]
    """Amounts in further currencies."""
    found: list[Person]
    """Whom the words that are looked for name."""
    settled: Settled | None
    """The term of whoever has none that runs undecided."""
    settled_words: str

    @property
    def judged_at(self) -> datetime | None:
        """When the goal that leads was judged. Lists without goals do not read it."""
        return _moment(self.row.lead_goal.get("judged_at"))

    @property
    def badge(self) -> str:
        """The answer with the first name of who gave it; empty where the usual word says enough."""
        if self.voice is None or self.answer not in _SAID:
            return ""
        return f"{self.voice.name.split(' ')[0]} {_SAID[self.answer]}"


def lines(rows: Iterable[Standing], *, now: datetime, words: str = "") -> list[Line]:
    """Return the lines of some customers; what is settled is looked up only where no term runs."""
    shown = list(rows)
    without = [row.customer_id for row in shown if row.contract_id is None]
    settled = contracts.settled_of(without, as_of=now) if without else {}
    return [_line(row, now, words, settled.get(row.customer_id)) for row in shown]


def _line(row: Standing, now: datetime, words: str, settled: Settled | None) -> Line:
    known = [_person(each, sealed=row.sealed) for each in row.people]
    days_left = (row.renews_on - day(now)).days if row.renews_on else None
    return Line(
        row=row,
        url=steps.customer_url(row.customer_id),
        answer=SEALED if row.sealed else row.intent,
        people=[] if row.sealed else known,
        voice=None if row.sealed else _voice(row.intent, known),
        step=steps.next_step(row),
        days_left=days_left,
        soon=days_left is not None and days_left <= SOON_DAYS,
        others=[(currency, amount) for currency, amount in row.other_currencies.items()],
        found=[each for each in known if words and _names(each, words)],
        settled=settled,
        settled_words=words_of(settled, now) if settled else "",
    )


SOON_DAYS = 90
_SAID = {"yes": "said yes", "not_sure": "is not sure", "no": "said no"}


def _person(told: dict[str, Any], *, sealed: bool) -> Person:
    at = None if sealed else _moment(told["at"])
    role = told["title"] or ROLES.get(told["role"], "")
    return Person(told["name"], role, "never_asked" if sealed else told["state"], at)


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _voice(intent: str, people: list[Person]) -> Person | None:
    """People come with those who decide first."""
    said = [each for each in people if each.answer == intent and each.at]
    return said[0] if said else None


def _names(person: Person, words: str) -> bool:
    name = person.name.casefold()
    return any(word in name for word in words.casefold().split())
