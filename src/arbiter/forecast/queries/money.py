"""How much of the money that is due will renew, with a range."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from arbiter.accounts.rules import day
from arbiter.forecast.models import Outlook
from arbiter.forecast.queries import forecasts, learnings, memo, outlooks, snapshot
from arbiter.science import renewal
from arbiter.science.renewal import Money

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from arbiter.foundation.models import Person

MOST = 2_000
"""Of more contracts than this an even sample is simulated: the range is that of what they share, and no wider."""


def portfolio(
    person: Person, *, currency: str, as_of: datetime, days: int = 180, owner: int | None = None
) -> Money | None:
    """What will renew of the contracts that end within so many days; None where none has a forecast.

    A forecast gives away what a sealed answer said, so a sealed contract is in no sum of them.

    Args:
        person: who looks.
        currency: which money.
        as_of: from which day on.
        days: how far ahead.
        owner: whose customers alone, where given.
    """
    key = ("money", memo.scope(person), currency, day(as_of), days, owner)
    due = outlooks.due(person, as_of=as_of, days=days, owner=owner)
    due = due.filter(currency=currency, sealed=False)
    return memo.remember(key, lambda: of(due, as_of=as_of))


def of(due: QuerySet[Outlook], *, as_of: datetime) -> Money | None:
    """What will renew of some contracts in one currency, from their stored forecasts."""
    known = due.filter(arr__isnull=False, probability__isnull=False).order_by("pk")
    rows = [(pk, float(arr or 0)) for pk, arr in known.values_list("pk", "arr")]
    anchor = learnings.newest_anchor(as_of)
    sample = rows[:: max(1, -(-len(rows) // MOST))]
    if anchor is None or not sum(arr for _, arr in sample):
        return None
    made = forecasts.latest([pk for pk, _ in sample], as_of=as_of)
    told = [snapshot.known_from(made[pk].inputs) for pk, _ in sample]
    model = learnings.model_of(anchor)
    seen = renewal.portfolio(
        renewal.forecast(told, model),
        model,
        [arr for _, arr in sample],
        segments=[each.segment for each in told],
    )
    return _scaled(seen, by=sum(arr for _, arr in rows) / sum(arr for _, arr in sample))


def _scaled(seen: Money, *, by: float) -> Money:
    ends = (seen.expected, seen.low, seen.median, seen.high)
    return Money(*(round(end * by, 2) for end in ends))
