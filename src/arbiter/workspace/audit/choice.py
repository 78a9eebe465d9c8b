"""What a reader of the audit chose: how long before the renewal, which number, and from where on it is green."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from arbiter.forecast.queries.audits.looks import LEADS, MAIN_LEAD


@dataclass(frozen=True)
class Choice:
    """The choice as the address tells it; what it does not understand is left out."""

    lead: int = MAIN_LEAD
    signal: str = ""
    green_from: float | None = None
    all: bool = False
    """Every name, not the latest few."""

    @classmethod
    def of(cls, told: QueryDict) -> Choice:
        """Read the choice from an address."""
        lead = told.get("days", "")
        return cls(
            lead=int(lead) if lead in map(str, LEADS) else MAIN_LEAD,
            signal=told.get("signal", ""),
            green_from=_number(told.get("from", "")),
            all=told.get("all") == "yes",
        )

    @property
    def sub(self) -> str:
        """The lead, as a card says it."""
        return f"{self.lead} days before the renewal"

    @property
    def answers_sub(self) -> str:
        """Of which answers the renewal rates are."""
        return f"the answer that stood {self.lead} days before"

    def url(self, **changes: object) -> str:
        """Return the address of this choice with some changes."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        told: Mapping[str, Any] = {
            "days": other.lead if other.lead != MAIN_LEAD else "",
            "signal": other.signal,
            "from": "" if other.green_from is None else exact(other.green_from),
            "all": "yes" if other.all else "",
        }
        return "?" + urlencode({name: value for name, value in told.items() if value != ""})

    def chosen(self, result: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the number that is meant, as a stored audit holds it; None where it holds none of that name."""
        return next((each for each in result["signals"] if each["name"] == self.signal), None)


def exact(number: float) -> str:
    """A number with all its digits, as a field and an address hold it: 60, 4.5, 1234567."""
    return f"{number:.15g}"


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
