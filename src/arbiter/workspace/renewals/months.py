"""The months ahead: what ends in each, and how much of it a customer has said anything about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from arbiter.forecast.queries.choices import IntentState
from arbiter.forecast.queries.outlooks import MonthOfState
from arbiter.forecast.queries.standings import SEALED
from arbiter.workspace.lists.words import SEALED_SHORT

ORDER: tuple[str, ...] = (
    IntentState.YES,
    IntentState.NOT_SURE,
    IntentState.NO,
    IntentState.NO_REPLY,
    IntentState.NEVER_ASKED,
    SEALED,
)
SAID: tuple[str, ...] = (IntentState.YES, IntentState.NOT_SURE, IntentState.NO, SEALED)


def word(answer: str) -> str:
    """Return what an answer is called in a list of them."""
    return SEALED_SHORT if answer == SEALED else IntentState(answer).label


@dataclass
class Month:
    """What ends in a month, in one currency."""

    month: date
    contracts: int = 0
    arr: Decimal = Decimal(0)
    said: Decimal = Decimal(0)
    expected: Decimal = Decimal(0)
    without_arr: int = 0
    by_answer: dict[str, MonthOfState] = field(default_factory=dict)

    @property
    def unsaid(self) -> Decimal:
        """The money about which no customer has said anything."""
        return self.arr - self.said

    @property
    def parts(self) -> list[tuple[str, float]]:
        """The bar of the month: an answer and its money; by contracts where no money is known."""
        rows = [self.by_answer[answer] for answer in ORDER if answer in self.by_answer]
        if self.arr:
            return [(row.intent, float(row.arr)) for row in rows if row.arr]
        return [(row.intent, float(row.contracts)) for row in rows]

    @property
    def sentence(self) -> str:
        """What the bar shows, read out."""
        told = (
            f"{row.contracts} {word(row.intent).lower()}"
            for row in (self.by_answer[answer] for answer in ORDER if answer in self.by_answer)
        )
        return ", ".join(told)


def of(rows: Iterable[MonthOfState], *, currency: str) -> list[Month]:
    """Gather the months of one currency, the nearest first; amounts nobody knows are counted beside."""
    found: dict[date, Month] = {}
    for row in rows:
        if row.currency and row.currency != currency:
            continue
        month = found.setdefault(row.month, Month(row.month))
        month.contracts += row.contracts
        month.arr += row.arr
        month.expected += row.expected
        month.without_arr += row.without_arr
        if row.intent in SAID:
            month.said += row.arr
        if row.currency:
            month.by_answer[row.intent] = row
    return [found[key] for key in sorted(found)]
