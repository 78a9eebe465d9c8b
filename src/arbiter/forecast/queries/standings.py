"""Where customers stand: the door, filters and short lists."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from arbiter.accounts import permissions as accounts
from arbiter.accounts.rules import day
from arbiter.forecast import rules
from arbiter.forecast.models import Standing
from arbiter.forecast.queries import memo
from arbiter.forecast.queries.ids import Ids

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

LISTS = {
    "achieved_not_known": Q(achieved_not_known__gt=0),
    "active_no_result": Q(active_no_result=True),
    "stale_goals": Q(stale_goals__gt=0),
    "only_friendly": Q(only_friendly=True),
    "to_celebrate": Q(to_celebrate__gt=0),
    "silent_decision_maker": Q(silent_decision_maker=True),
    "wrong_value": Q(wrong_value__gt=0),
    "disputed": Q(disputed__gt=0),
    "no_goal": Q(goals=0),
    "unjudged": Q(unjudged__gt=0),
    "confirmed": Q(confirmed__gt=0),
    "no_belief": Q(belief=None, contract_id__isnull=False),
    "sealed": Q(sealed=True),
}
"""Names by which a list, a filter or a saved view picks customers."""

SHORT_LISTS = (
    "achieved_not_known",
    "active_no_result",
    "stale_goals",
    "only_friendly",
    "to_celebrate",
)
"""The short lists of the home screen, in its order."""


FEW_FOUND = 1_000
"""So many customers are looked up one by one."""

SEALED = "sealed"
"""Stands among the answers for what somebody answered and nobody may read before saying what they believe."""


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; every part that is empty narrows nothing."""

    intents: frozenset[str] = frozenset()
    """States of intent, and `SEALED`. What is sealed is found under no other."""
    owners: frozenset[int] = frozenset()
    segments: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    currencies: frozenset[str] = frozenset()
    picked: frozenset[str] = frozenset()
    """Names of `LISTS`, all of which must hold."""
    within_days: int | None = None
    overdue: bool = False
    unowned: bool = False
    words: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class ShortList:
    """How many customers are on a list, and the most urgent of them."""

    name: str
    count: int
    rows: list[Standing] = field(default_factory=list)


def visible_to(person: Person) -> QuerySet[Standing]:
    """Where every customer stands whom this person may see. Pages have no other way to a standing."""
    return Standing.objects.filter(accounts.within_reach(person))


def filtered(person: Person, filters: Filters, *, as_of: datetime) -> QuerySet[Standing]:
    """The customers that pass the filters."""
    found = beside_facets(person, filters, as_of=as_of)
    found = found.filter(_answered(filters.intents), _owned(filters))
    for name, chosen in (
        ("segment", filters.segments),
        ("stage", filters.stages),
        ("currency", filters.currencies),
    ):
        if chosen:
            found = found.filter(**{f"{name}__in": chosen})
    return found


def listed(person: Person, filters: Filters, *, as_of: datetime) -> dict[str, int]:
    """How many customers would show with each of `LISTS` chosen besides the other filters."""
    others = replace(filters, picked=frozenset())
    key = ("listed", memo.scope(person), others, day(as_of))
    counts = {name: Count("pk", filter=condition) for name, condition in LISTS.items()}
    return memo.remember(
        key, lambda: filtered(person, others, as_of=as_of).order_by().aggregate(**counts)
    )


def short_lists(person: Person, *, most: int = 5, owner: int | None = None) -> list[ShortList]:
    """The lists of the home screen, the most urgent customers first; those of one owner, where given."""
    key = ("short_lists", memo.scope(person), most, owner)
    return memo.remember(key, lambda: [_short(person, owner, name, most) for name in SHORT_LISTS])


def of_customers(customer_ids: list[int]) -> dict[int, Standing]:
    """Where some customers stand, for what is already behind a door."""
    return {row.customer_id: row for row in Standing.objects.filter(pk__in=customer_ids)}


def _short(person: Person, owner: int | None, name: str, most: int) -> ShortList:
    found = visible_to(person).filter(LISTS[name], archived=False)
    if owner is not None:
        found = found.filter(owner=owner)
    return ShortList(name, found.count(), list(found.order_by("-urgency", "pk")[:most]))


def beside_facets(person: Person, filters: Filters, *, as_of: datetime) -> QuerySet[Standing]:
    """The customers that pass the filters which are no facets: those that have no counts by value."""
    found = visible_to(person).filter(_archived(filters))
    today = day(as_of)
    if filters.within_days is not None:
        last = today + timedelta(days=filters.within_days)
        found = found.filter(renews_on__gte=today, renews_on__lte=last)
    if filters.overdue:
        found = found.filter(renews_on__lt=today)
    for name in sorted(filters.picked):
        found = found.filter(LISTS[name])
    words = rules.folded(filters.words).split()
    return found.filter(_worded(words, filters)) if words else found


def _worded(words: list[str], filters: Filters) -> Q:
    """Those who have all the words. A narrow index finds the few; where there are many, any order meets some soon."""
    having = Q()
    for word in words:
        having &= Q(words__contains=word)
    found = Standing.objects.filter(_archived(filters)).filter(having)
    key = ("words", tuple(words), filters.archived)
    ids = memo.remember(key, lambda: list(found.values_list("pk", flat=True)[: FEW_FOUND + 1]))
    return Q(pk__in=Ids(ids)) if len(ids) <= FEW_FOUND else having


def _archived(filters: Filters) -> Q:
    """Written so that it is a comparison, not a NOT: only that lets SQLite use an index that begins with it."""
    return Q(archived__in=(filters.archived,))


def _answered(intents: frozenset[str]) -> Q:
    if not intents:
        return Q()
    told = Q(sealed=False, intent__in=intents - {SEALED})
    return told | Q(sealed=True) if SEALED in intents else told


def _owned(filters: Filters) -> Q:
    owned = Q(owner__in=filters.owners) if filters.owners else Q()
    if not filters.unowned:
        return owned
    return owned | Q(owner=None) if filters.owners else Q(owner=None)
