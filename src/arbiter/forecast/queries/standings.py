"""Where customers stand: the door, filters with counts, and pages by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum

from arbiter.accounts import permissions as accounts
from arbiter.accounts.rules import day
from arbiter.forecast.models import IntentState, Standing
from arbiter.forecast.queries import memo
from arbiter.forecast.queries.amounts import cents

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


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; every part that is empty narrows nothing."""

    intents: frozenset[str] = frozenset()
    owners: frozenset[int] = frozenset()
    segments: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    picked: frozenset[str] = frozenset()
    """Names of `LISTS`, all of which must hold."""
    within_days: int | None = None
    overdue: bool = False
    unowned: bool = False
    words: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """How many customers choosing this value would show, and their money in one currency."""

    customers: int
    arr: Decimal


@dataclass(frozen=True)
class Facets:
    """Counts for each value of each filter, the other filters applied."""

    intents: Mapping[str, Facet]
    owners: Mapping[int | None, Facet]
    segments: Mapping[str, Facet]
    total: Facet


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
    return _other_than_facets(person, filters, as_of).filter(
        _facet("intent", filters.intents),
        _facet("owner", filters.owners, unowned=filters.unowned),
        _facet("segment", filters.segments),
    )


def facets(person: Person, filters: Filters, *, as_of: datetime, currency: str = "") -> Facets:
    """Counts per answer, owner and segment, in one grouped query."""
    key = ("facets", memo.scope(person), filters, day(as_of), currency)
    return memo.remember(key, lambda: _facets(person, filters, as_of, currency))


def short_lists(person: Person, *, most: int = 5) -> list[ShortList]:
    """The lists of the home screen, the most urgent customers first."""
    key = ("short_lists", memo.scope(person), most)
    return memo.remember(key, lambda: [_short_list(person, name, most) for name in SHORT_LISTS])


def of_customers(customer_ids: list[int]) -> dict[int, Standing]:
    """Where some customers stand, for what is already behind a door."""
    return {row.customer_id: row for row in Standing.objects.filter(pk__in=customer_ids)}


def _short_list(person: Person, name: str, most: int) -> ShortList:
    found = visible_to(person).filter(LISTS[name], archived=False)
    return ShortList(name, found.count(), list(found.order_by("-urgency", "pk")[:most]))


def _other_than_facets(person: Person, filters: Filters, as_of: datetime) -> QuerySet[Standing]:
    found = visible_to(person).filter(archived=filters.archived)
    today = day(as_of)
    if filters.within_days is not None:
        last = today + timedelta(days=filters.within_days)
        found = found.filter(renews_on__gte=today, renews_on__lte=last)
    if filters.overdue:
        found = found.filter(renews_on__lt=today)
    if filters.stages:
        found = found.filter(stage__in=filters.stages)
    if filters.words:
        found = found.filter(Q(name__icontains=filters.words) | Q(key=filters.words))
    for name in sorted(filters.picked):
        found = found.filter(LISTS[name])
    return found


def _facet(field_name: str, chosen: frozenset[Any], *, unowned: bool = False) -> Q:
    wanted = Q(**{f"{field_name}__in": chosen}) if chosen else Q()
    if unowned:
        nobody = Q(owner=None)
        return wanted | nobody if chosen else nobody
    return wanted


def _facets(person: Person, filters: Filters, as_of: datetime, currency: str) -> Facets:
    groups: list[Any] = list(
        _other_than_facets(person, filters, as_of)
        .order_by()
        .values("intent", "owner", "segment")
        .annotate(customers=Count("pk"), money=Sum("arr", filter=Q(currency=currency)))
    )
    by_intent = _tally(groups, filters, "intent")
    return Facets(
        intents={str(state): by_intent.get(state, _NOBODY) for state in IntentState},
        owners=_tally(groups, filters, "owner"),
        segments=_tally(groups, filters, "segment"),
        total=_tally(groups, filters, "").get("", _NOBODY),
    )


_NOBODY = Facet(0, Decimal(0))


def _tally(groups: list[dict[str, Any]], filters: Filters, facet: str) -> dict[Any, Facet]:
    """Counts by one facet's values; that facet's own choice does not narrow them."""
    customers: dict[Any, int] = defaultdict(int)
    money: dict[Any, Decimal] = defaultdict(Decimal)
    for group in groups:
        if all(name == facet or _passes(name, group[name], filters) for name in _FACETS):
            value = group[facet] if facet else ""
            customers[value] += group["customers"]
            money[value] += cents(group["money"])
    return {value: Facet(count, money[value]) for value, count in customers.items()}


_FACETS = ("intent", "owner", "segment")


def _passes(name: str, value: Any, filters: Filters) -> bool:
    chosen: frozenset[Any] = getattr(filters, f"{name}s")
    if name == "owner" and filters.unowned:
        return value is None or value in chosen
    return not chosen or value in chosen
