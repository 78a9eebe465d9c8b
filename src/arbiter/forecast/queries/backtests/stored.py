"""The backtests that were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from arbiter.accounts.queries import contracts
from arbiter.forecast.models import Backtest
from arbiter.forecast.queries.ids import Ids

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract
    from arbiter.foundation.models import Person

RESTS = timedelta(days=7)
MUCH_MORE = 1.1


def newest(as_of: datetime) -> Backtest | None:
    """The backtest that counts at a moment; None before the first."""
    return Backtest.objects.filter(as_of__lte=as_of).order_by("-as_of", "-pk").first()


@dataclass(frozen=True, slots=True)
class Told:
    """What was forecast of one renewal ninety days before it was due, and how it ended."""

    contract: Contract
    chance: float
    low: float
    high: float
    renewed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the renewals behind a backtest, and where the next and the previous of them begin."""

    rows: list[Told]
    total: int
    next: int | None
    previous: int | None


def renewals(
    person: Person, backtest: Backtest, *, lost: bool = False, start: int = 0, size: int = 50
) -> Page:
    """The renewals behind a backtest that a person may see, the most wrongly forecast first: one query.

    Args:
        person: who looks.
        backtest: the backtest; its list is never changed, so that places in it are as good as keys.
        lost: only those who left.
        start: the place of the first.
        size: how many.
    """
    found = [row for row in backtest.result["told"] if not (lost and row[-1])]
    wanted = found[start : start + size]
    named = contracts.visible_to(person).in_bulk([row[0] for row in wanted])
    return Page(
        rows=[Told(named[row[0]], *row[1:]) for row in wanted if row[0] in named],
        total=len(found),
        next=start + size if start + size < len(found) else None,
        previous=max(0, start - size) if start else None,
    )


def told(result: dict[str, Any], *, as_of: datetime) -> list[dict[str, Any]]:
    """What was forecast of each renewal, in the words of the public format: one query."""
    ids = Ids(row[0] for row in result["told"])
    found = contracts.decided_by(as_of).filter(contract__in=ids)
    keys = {
        pk: (key, customer)
        for pk, key, customer in found.values_list(
            "contract_id", "contract__key", "contract__customer__key"
        )
    }
    return [
        {
            "contract_id": keys[pk][0],
            "customer_id": keys[pk][1],
            "probability": chance,
            "low": low,
            "high": high,
            "renewed": renewed,
        }
        for pk, chance, low, high, renewed in result["told"]
    ]


def is_wanted(as_of: datetime) -> bool:
    """Say whether so much was decided since the last backtest, or before the first, that one is made at once."""
    before, _ = _last_seen(as_of)
    return _decided(as_of) > before * MUCH_MORE


def is_due(as_of: datetime) -> bool:
    """Say whether anything was decided since the last backtest, and that was a week ago or never."""
    before, at = _last_seen(as_of)
    return (at is None or as_of - at >= RESTS) and _decided(as_of) != before


def _last_seen(as_of: datetime) -> tuple[int, datetime | None]:
    """How many decisions the last backtest knew of, and when that was; its result is large and stays unread."""
    made = Backtest.objects.filter(as_of__lte=as_of).order_by("-as_of", "-pk")
    return made.values_list("result__decided", "as_of").first() or (0, None)


def _decided(as_of: datetime) -> int:
    return contracts.decided_by(as_of).count()
