"""Short lists of customers, each with one thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from arbiter.accounts.rules import day
from arbiter.ui import wording
from arbiter.workspace.lists import steps

if TYPE_CHECKING:
    from arbiter.forecast.models import Standing


@dataclass(frozen=True, slots=True)
class Item:
    """One customer, and the one thing to do."""

    title: str
    detail: str
    url: str
    verb: str
    verb_url: str

    @property
    def label(self) -> str:
        """The verb with whom it is about, for whoever hears the button alone."""
        return f"{self.verb}: {self.title}"


@dataclass(frozen=True, slots=True)
class List:
    """Customers who wait for the same thing."""

    title: str
    icon: str
    help: str
    count: int
    items: Sequence[Item]
    url: str = ""
    more: bool = False
    """Whether the count stopped where the look did."""


def item(
    row: Standing,
    code: str,
    *,
    now: datetime,
    lead: str = "",
    about: dict[str, Any] | None = None,
) -> Item:
    """Return a customer with a step; what leads stands before its money and its time.

    Whom or what its very next step is about is known; `about` tells it of another one.
    """
    step = steps.step(code, row, row.next_step_about if row.next_step == code else about)
    return Item(
        title=row.name,
        detail=detail(row.arr, row.currency, row.renews_on, now=now, lead=lead),
        url=steps.customer_url(row.customer_id),
        verb=step.verb,
        verb_url=step.url,
    )


def detail(
    arr: Decimal | None,
    currency: str,
    on: date | None,
    *,
    now: datetime,
    ended: bool = False,
    lead: str = "",
) -> str:
    """Return money and time: €184k · renews in 75 days."""
    money = "value unknown" if arr is None else wording.money(arr, currency)
    when = "" if on is None else _when(on, day(now), ended=ended)
    return " · ".join(filter(None, (lead, money, when)))


def _when(on: date, today: date, *, ended: bool) -> str:
    """Of a term that is over and that nobody decided, that it was due."""
    verb = "ended" if ended else "was due" if on < today else "renews"
    return f"{verb} {wording.days_from(on, today)}"
