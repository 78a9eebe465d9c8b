"""What a reader of the ledger chose: how far back, what the losses were to us, and from where on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.dateparse import parse_date

from arbiter.science.surprise import Loss

if TYPE_CHECKING:
    from django.http import QueryDict

    from arbiter.forecast.queries.surprises.ledger import Line

PERIODS = {"12": "Last 12 months", "24": "Last 24 months", "all": "All"}
SIZE = 50
MONTH_DAYS = 30.4375

Cursor = tuple[date, int]


@dataclass(frozen=True)
class Choice:
    """The choice as the address tells it; what it does not understand is left out."""

    period: str = "12"
    kind: str = ""

    @classmethod
    def of(cls, told: QueryDict) -> Choice:
        """Read the choice from an address."""
        period, kind = told.get("period", ""), told.get("kind", "")
        return cls(
            period=period if period in PERIODS else "12",
            kind=kind if kind in set(Loss) else "",
        )

    def url(self, **changes: str) -> str:
        """Return the address of this choice with some changes."""
        other = replace(self, **changes)
        told = {"period": other.period if other.period != "12" else "", "kind": other.kind}
        return "?" + urlencode({name: value for name, value in told.items() if value})

    def since(self, today: date) -> date:
        """Return the first day that counts."""
        if self.period == "all":
            return date.min
        return today - timedelta(days=round(int(self.period) * MONTH_DAYS))


@dataclass(frozen=True)
class Page:
    """Some lines of the ledger, and from where the pages beside it begin; empty where there is none."""

    lines: tuple[Line, ...]
    next: str = ""
    previous: str = ""


def page(lines: Sequence[Line], *, after: str = "", before: str = "", size: int = SIZE) -> Page:
    """Cut one page out of the ledger, which is ordered from the newest loss on.

    Args:
        lines: the whole ledger.
        after: `next` of the page before; an odd one gives the first page.
        before: `previous` of the page after.
        size: how many lines.
    """
    start, end = _read(after), _read(before)
    if end is not None:
        newer = [line for line in lines if _key(line) > end]
        shown = newer[-size:]
        is_first = len(newer) <= size
    else:
        shown = [line for line in lines if start is None or _key(line) < start][:size]
        is_first = bool(shown) and shown[0] is lines[0]
    if not shown:
        return Page(())
    is_last = shown[-1] is lines[-1]
    return Page(
        tuple(shown),
        next="" if is_last else _write(shown[-1]),
        previous="" if is_first else _write(shown[0]),
    )


def _key(line: Line) -> Cursor:
    return line.lost.lost_on, line.lost.contract_id


def _write(line: Line) -> str:
    return f"{line.lost.lost_on.isoformat()}.{line.lost.contract_id}"


def _read(text: str) -> Cursor | None:
    day, _, number = text.partition(".")
    try:
        on = parse_date(day)
    except ValueError:
        return None
    return (on, int(number)) if on and number.isascii() and number.isdigit() else None
