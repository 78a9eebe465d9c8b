"""Counts for the values of each filter, the other filters applied: one grouped query, folded here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Aggregate, Count, Q, Sum

from arbiter.accounts.rules import day
from arbiter.forecast.models import IntentState
from arbiter.forecast.queries import memo, standings
from arbiter.forecast.queries.amounts import cents
from arbiter.forecast.queries.standings import SEALED, Filters

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

FACETS = ("intents", "owners", "segments", "stages", "currencies")
_COUNTED = ("goals", "own_words", "confirmed", "unjudged", "heard", "silent", "with_goal")


# In the order of `_Group`; the names keep clear of those of fields. What is counted is in the index.
_SUMS: dict[str, Aggregate] = {
    "n_customers": Count("*"),
    "n_money": Sum("arr"),
    "n_goals": Sum("goals"),
    "n_own_words": Sum("own_words"),
    "n_confirmed": Sum("confirmed"),
    "n_unjudged": Sum("unjudged"),
    "n_heard": Count("archived", filter=Q(heard_decision_maker=True)),
    "n_silent": Count("archived", filter=Q(silent_decision_maker=True)),
    "n_with_goal": Count("archived", filter=Q(goals__gt=0)),
}


@dataclass(frozen=True, slots=True)
class Facet:
    """How many customers choosing this value would show, and their money in one currency."""

    customers: int = 0
    arr: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the customers that pass all filters: of their goals, and of who decides.

    `heard` and `silent` count customers whose decision maker has answered, and has not; of the rest
    nobody knows who decides.
    """

    goals: int = 0
    own_words: int = 0
    confirmed: int = 0
    unjudged: int = 0
    heard: int = 0
    silent: int = 0
    with_goal: int = 0


@dataclass(frozen=True)
class Facets:
    """Counts for each value of each filter, and what is known of those that pass all of them.

    `intents` has every state, and `SEALED`. Money is in `currency`, save that of `currencies`: each in its own.
    """

    currency: str
    intents: Mapping[str, Facet]
    owners: Mapping[int | None, Facet]
    segments: Mapping[str, Facet]
    stages: Mapping[str, Facet]
    currencies: Mapping[str, Facet]
    total: Facet
    known: Known


class _Group(NamedTuple):
    """Customers alike in every facet."""

    intents: str
    owners: int | None
    segments: str
    stages: str
    currencies: str
    customers: int
    money: Any
    goals: int
    own_words: int
    confirmed: int
    unjudged: int
    heard: int
    silent: int
    with_goal: int


def of(person: Person, filters: Filters, *, as_of: datetime, currency: str = "") -> Facets:
    """Counts per answer, owner, segment, stage and currency.

    Args:
        person: who looks.
        filters: what is chosen; a facet's own choice does not narrow that facet.
        as_of: the day from which `within_days` counts.
        currency: which money is counted; that of most customers unless given.
    """
    key = ("facets", memo.scope(person), filters, day(as_of), currency)
    return memo.remember(key, lambda: _counted(person, filters, as_of, currency))


def _counted(person: Person, filters: Filters, as_of: datetime, currency: str) -> Facets:
    groups = list(_groups(person, filters, as_of))
    chosen = currency or _main(groups)
    tally = _Tally(filters, chosen)
    for group in groups:
        tally.add(group)
    return tally.facets()


def _groups(person: Person, filters: Filters, as_of: datetime) -> Iterable[_Group]:
    rows = (
        standings.beside_facets(person, filters, as_of=as_of)
        .order_by()
        .values_list("sealed", "intent", "owner", "segment", "stage", "currency")
        .annotate(**_SUMS)
    )
    return (
        _Group(SEALED if sealed else intent, *rest) for sealed, intent, *rest in rows.iterator()
    )


def _main(groups: Iterable[_Group]) -> str:
    customers: dict[str, int] = defaultdict(int)
    for group in groups:
        if group.money is not None:
            customers[group.currencies] += group.customers
    return min(customers, key=lambda name: (-customers[name], name), default="")


class _Tally:
    """Adds groups up: one that fails a single facet counts there only, one that fails none counts everywhere."""

    def __init__(self, filters: Filters, currency: str) -> None:
        self.currency = currency
        self.chosen: list[tuple[str, frozenset[Any]]] = [
            (name, self._choice(filters, name)) for name in FACETS
        ]
        self.customers: dict[str, dict[Any, int]] = {name: defaultdict(int) for name in FACETS}
        self.money: dict[str, dict[Any, Decimal]] = {name: defaultdict(Decimal) for name in FACETS}
        self.total = Facet()
        self.known = [0] * len(_COUNTED)

    def add(self, group: _Group) -> None:
        """Count one group where it belongs."""
        failing = [
            name for name, chosen in self.chosen if chosen and getattr(group, name) not in chosen
        ]
        if len(failing) > 1:
            return
        amount = cents(group.money) if group.money is not None else Decimal(0)
        ours = amount if group.currencies == self.currency else Decimal(0)
        for name in failing or FACETS:
            value = getattr(group, name)
            self.customers[name][value] += group.customers
            self.money[name][value] += amount if name == "currencies" else ours
        if not failing:
            self.total = Facet(self.total.customers + group.customers, self.total.arr + ours)
            self.known = [sum(pair) for pair in zip(self.known, group[7:], strict=True)]

    def facets(self) -> Facets:
        """Return the counts."""
        told = {name: self._facet(name) for name in FACETS}
        every = {str(state): Facet() for state in (*IntentState, SEALED)}
        return Facets(
            currency=self.currency,
            total=self.total,
            known=Known(**dict(zip(_COUNTED, self.known, strict=True))),
            **(told | {"intents": every | told["intents"]}),
        )

    def _facet(self, name: str) -> dict[Any, Facet]:
        return {
            value: Facet(count, self.money[name][value])
            for value, count in self.customers[name].items()
        }

    @staticmethod
    def _choice(filters: Filters, name: str) -> frozenset[Any]:
        chosen: frozenset[Any] = getattr(filters, name)
        return chosen | {None} if name == "owners" and filters.unowned else chosen
