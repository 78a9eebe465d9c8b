"""The lists of names under the audit, each with one thing to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from arbiter.forecast.queries import memo, standings
from arbiter.forecast.queries.audits import lists, trusted
from arbiter.forecast.queries.audits.lists import Gone, Left, Lost, Promoter
from arbiter.forecast.queries.standings import Filters
from arbiter.ui import wording
from arbiter.workspace.lists import short, steps
from arbiter.workspace.lists.short import Item, List

if TYPE_CHECKING:
    from arbiter.forecast.models import Standing
    from arbiter.foundation.models import Person

SHOWN = 12
MOST = 1_000
"""So many names one page bears; all of them are in the CSV."""
BESIDE = 8
NAMED = 100
_CELLS = {
    ("active", "happy"): "Used it, and were happy",
    ("active", "unhappy"): "Used it, and were not happy",
    ("idle", "happy"): "Hardly used it, and were happy",
    ("idle", "unhappy"): "Hardly used it, and were not happy",
}


@dataclass(frozen=True, slots=True)
class Departed:
    """A lost customer, what its number said last, and what to do about it."""

    row: Lost
    number: str
    item: Item


@dataclass(frozen=True, slots=True)
class Quarter:
    """One field of those who left."""

    title: str
    count: int
    rows: Sequence[Lost]
    more: int


def departed(gone: Gone, *, most: int = SHOWN) -> list[Departed]:
    """The latest of those who left although the number was green."""
    return [_departed(row, row.numbers[gone.signal]) for row in gone.rows[:most]]


def _departed(row: Lost, number: float) -> Departed:
    decision = reverse("workspace:decision", args=[row.contract_id])
    page = steps.customer_url(row.customer_id)
    verb, url = ("Look back", f"{page}timeline/") if row.reason else ("Say why", decision)
    return Departed(row, figure(number), Item(row.name, "", page, verb, url))


def figure(number: float) -> str:
    """A number as people write it: 77, 4.5, 0.95."""
    return wording.number(round(number, 2))


def quarters(left: Left) -> list[Quarter]:
    """The four fields of those who left."""
    return [
        Quarter(title, len(rows), rows[:NAMED], max(len(rows) - NAMED, 0))
        for cell, title in _CELLS.items()
        for rows in (left.cells.get(cell, ()),)
    ]


def activity_words(left: Left) -> str:
    """What counts as having used it."""
    if left.middle is None:
        return ""
    return f"{trusted.of(left.activity).title.lower()} of {figure(left.middle)} or more"


def today(person: Person, *, now: datetime) -> list[List]:
    """The lists of customers of today that hold anybody."""
    return [each for each in (_promoters(person, now), _idle(person, now)) if each.count]


def _promoters(person: Person, now: datetime) -> List:
    found = lists.promoters(person, as_of=now)
    items = [_promoter(each, now) for each in found.rows[:BESIDE]]
    return List(
        title="Would recommend us, and that is all we know",
        icon="star",
        help="NPS of 9 or 10, and no result they confirm, or no yes to the next term.",
        count=len(found.rows),
        more=found.more,
        items=items,
    )


def _promoter(each: Promoter, now: datetime) -> Item:
    return short.item(each.row, _missing(each.row), now=now, lead=f"NPS {figure(each.nps)}")


def _missing(row: Standing) -> str:
    """What to ask a promoter for: its word where that is missing, else its verdict."""
    if row.intent == "yes" or row.sealed:
        return "ask_verdict" if row.goals else "agree_goal"
    return "ask_again" if row.intent == "no_reply" else "follow_up" if row.intent == "not_sure" else "call" if row.intent == "no" else "ask"  # fmt: skip


def _idle(person: Person, now: datetime) -> List:
    count, rows = memo.remember(("idle", memo.scope(person)), lambda: _count_idle(person, now))
    return List(
        title="Active, and no result",
        icon="search",
        help="They use it. Nothing they wanted has moved.",
        count=count,
        url=f"{reverse('workspace:customers')}?list=active_no_result&sort=urgency",
        items=[short.item(row, "find_out", now=now) for row in rows],
    )


def _count_idle(person: Person, now: datetime) -> tuple[int, list[Standing]]:
    picked = Filters(picked=frozenset({"active_no_result"}))
    found = standings.filtered(person, picked, as_of=now)
    return found.count(), list(found.order_by("-urgency", "pk")[:BESIDE])


def green_side(gone: Gone) -> str:
    """What counts as green, in words."""
    return f"{figure(gone.threshold)} or {'more' if gone.higher else 'less'}"


def numbers(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every number by its title, for a choice."""
    told = ((each["name"], trusted.of(each["name"]).title) for each in result["signals"])
    return sorted(told, key=lambda each: each[1])
