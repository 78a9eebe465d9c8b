"""What a reader of the renewals chose: how far ahead, which money, which answer, whose customers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict

from arbiter.forecast.queries.choices import IntentState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from arbiter.forecast.models import Outlook
    from arbiter.foundation.models import Person

WINDOWS = (90, 180, 365)
OVERDUE = "overdue"


@dataclass(frozen=True)
class Choice:
    """The choice as the address tells it; what it does not understand is left out."""

    days: int = 180
    currency: str = ""
    answer: str = ""
    mine: bool = False

    @classmethod
    def of(cls, told: QueryDict) -> Choice:
        """Read the choice from an address."""
        days = told.get("days", "")
        answer = told.get("answer", "")
        currency = told.get("currency", "").upper()
        return cls(
            days=int(days) if days in map(str, WINDOWS) else 180,
            currency=currency if len(currency) == 3 and currency.isalpha() else "",
            answer=answer if answer in (*IntentState.values, "sealed") else "",
            mine=told.get("mine") == "yes",
        )

    def owner(self, reader: Person) -> int | None:
        """Return whose customers alone are meant, if any."""
        return reader.pk if self.mine else None

    def url(self, **changes: object) -> str:
        """Return the address of this choice with some changes."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        told = {
            "days": other.days if other.days != 180 else "",
            "currency": other.currency,
            "answer": other.answer,
            "mine": "yes" if other.mine else "",
        }
        return "?" + urlencode({name: value for name, value in told.items() if value})

    def narrowed(self, due: QuerySet[Outlook]) -> QuerySet[Outlook]:
        """Return the contracts with the answer chosen. A sealed answer is found as sealed only."""
        if self.currency:
            due = due.filter(currency=self.currency)
        if self.answer == "sealed":
            return due.filter(sealed=True)
        return due.filter(intent=self.answer, sealed=False) if self.answer else due
