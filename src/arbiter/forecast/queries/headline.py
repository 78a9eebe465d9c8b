"""The gap between what we believe and what customers told us, on the same money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, FloatField, Q, QuerySet, Sum

from arbiter.accounts.rules import day
from arbiter.forecast.models import IntentState, Outlook
from arbiter.forecast.queries import memo, outlooks
from arbiter.forecast.queries.amounts import cents
from arbiter.forecast.queries.standings import SEALED

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


@dataclass(frozen=True, slots=True)
class State:
    """The money and the customers in one state of intent, or behind a seal."""

    arr: Decimal = Decimal(0)
    customers: int = 0
    contracts: int = 0


@dataclass(frozen=True, slots=True)
class Headline:
    """What renews within so many days, in one currency.

    `states` has every state, and `SEALED`: who answered before we said what we believe is due, and counts
    under no answer until we have.
    `believed_arr` is Σ belief × ARR over the contracts with a belief, whose ARR is `believed_on_arr`;
    `without_arr` counts contracts whose amount nobody knows; they are in no sum.
    `believed_share` and `yes_share` are None where there is nothing to share out.
    """

    currency: str
    days: int
    due_arr: Decimal = Decimal(0)
    contracts: int = 0
    customers: int = 0
    believed_arr: Decimal = Decimal(0)
    believed_on_arr: Decimal = Decimal(0)
    states: Mapping[str, State] = field(default_factory=dict)
    currencies: tuple[str, ...] = ()
    without_arr: int = 0
    valued_contracts: int = 0
    believed_contracts: int = 0

    @property
    def yes_arr(self) -> Decimal:
        """The money of customers of whom everyone who answered said yes."""
        return self.states[IntentState.YES].arr

    @property
    def yes_share(self) -> float | None:
        """Their share of all that is due."""
        return float(self.yes_arr / self.due_arr) if self.due_arr else None

    @property
    def believed_share(self) -> float | None:
        """What share we believe stays, of the money we said something about."""
        return float(self.believed_arr / self.believed_on_arr) if self.believed_on_arr else None


def of(
    person: Person,
    *,
    as_of: datetime,
    days: int = 180,
    currency: str | None = None,
    owner: int | None = None,
) -> Headline:
    """What renews within so many days among the customers a person may see: three small queries at most.

    Args:
        person: who looks.
        as_of: from which day on.
        days: how far ahead.
        currency: which money; that of most contracts unless given.
        owner: whose customers alone, where given.
    """
    key = ("headline", memo.scope(person), day(as_of), days, currency, owner)
    due = outlooks.due(person, as_of=as_of, days=days, owner=owner)
    return memo.remember(key, lambda: _counted(due, days, currency))


def _counted(due: QuerySet[Outlook], days: int, currency: str | None) -> Headline:
    groups: list[Any] = list(
        due.order_by()
        .values("currency", "sealed", "intent")
        .annotate(
            money=Sum("arr"),
            contracts=Count("*"),
            customers=Count("customer", distinct=True),
            on=Sum("arr", filter=Q(belief__isnull=False)),
            believed=Sum(F("belief") * F("arr"), output_field=FloatField()),
            unknown=Count("customer", filter=Q(arr__isnull=True)),
            told=Count("belief", filter=Q(arr__isnull=False)),
        )
    )
    tally: dict[str, int] = {}
    for group in groups:
        if group["money"] is not None:
            tally[group["currency"]] = tally.get(group["currency"], 0) + group["contracts"]
    currencies = tuple(sorted(tally, key=lambda name: (-tally[name], name)))
    chosen = currency or next(iter(currencies), "")
    ours = [group for group in groups if group["currency"] == chosen]
    return _headline(
        ours,
        customers=_customers(due, ours, chosen),
        currency=chosen,
        days=days,
        currencies=currencies,
        without_arr=sum(group["unknown"] for group in groups),
    )


def _customers(due: QuerySet[Outlook], groups: list[Any], currency: str) -> int:
    """How many there are: one with two contracts may stand behind a seal with one of them alone."""
    if any(group["sealed"] for group in groups):
        found: int = due.filter(currency=currency).aggregate(n=Count("customer", distinct=True))[
            "n"
        ]
        return found
    return sum(group["customers"] for group in groups)


def _headline(groups: list[dict[str, Any]], **about: Any) -> Headline:
    states = {str(state): State() for state in (*IntentState, SEALED)}
    for group in groups:
        name = SEALED if group["sealed"] else group["intent"]
        states[name] = _plus(states[name], group)
    return Headline(
        due_arr=sum((state.arr for state in states.values()), Decimal(0)),
        contracts=sum(state.contracts for state in states.values()),
        believed_arr=cents(sum(group["believed"] or 0.0 for group in groups)),
        believed_on_arr=sum((cents(group["on"]) for group in groups), Decimal(0)),
        valued_contracts=sum(group["contracts"] - group["unknown"] for group in groups),
        believed_contracts=sum(group["told"] for group in groups),
        states=states,
        **about,
    )


def _plus(state: State, group: dict[str, Any]) -> State:
    return State(
        state.arr + cents(group["money"]),
        state.customers + group["customers"],
        state.contracts + group["contracts"],
    )
