"""Of whose money has anybody spoken? Customers with a running contract by who of their people was asked and answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from arbiter.accounts.queries import contracts, customers
from arbiter.voice.models import Answer, Ask
from arbiter.voice.queries.responses import Window
from arbiter.voice.rules import DECIDING_ROLES

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer
    from arbiter.foundation.models import Person

SIZE = 50
MOST_DIGITS = 18
# What is known of a customer: the first of these that holds.
STATES = ("decider_answered", "answered", "no_answer", "never_asked")


@dataclass
class Covered:
    """The customers in one state, with the yearly value of their running contracts, each currency apart.

    `without_arr` contracts have no known value: in no sum.
    """

    state: str
    customers: int = 0
    arr: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    without_arr: int = 0


def read(person: Person, window: Window) -> dict[str, Covered]:
    """Sort the customers with a running contract by who spoke in the window, on any question: three queries."""
    states = _states(person, window)
    found = {state: Covered(state) for state in STATES}
    seen: set[int] = set()
    for customer_id, currency, arr in _running(person, window):
        covered = found[states.get(customer_id, "never_asked")]
        if customer_id not in seen:
            seen.add(customer_id)
            covered.customers += 1
        if arr is None:
            covered.without_arr += 1
        else:
            covered.arr[currency] += arr
    return found


@dataclass(frozen=True)
class Page:
    """Some customers by name, and where the list goes on; empty at its end."""

    rows: list[Customer]
    after: str


def page(person: Person, window: Window, *, state: str, after: str = "", size: int = SIZE) -> Page:
    """Return a page of the customers in a state, by name: one query."""
    name, _, number = after.rpartition("_")
    found = _in_state(person, window, state)
    if number.isdecimal() and len(number) <= MOST_DIGITS:
        beyond = Q(name_in_order__gt=name) | Q(name_in_order=name, pk__gt=int(number))
        found = found.filter(beyond, name_in_order__gte=name)
    rows = list(found.order_by("name_in_order", "pk")[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], f"{last.name_in_order}_{last.pk}" if last else "")


def _in_state(person: Person, window: Window, state: str) -> QuerySet[Any]:
    answered = _answered(person, window)
    decided = answered.filter(contact__role__in=DECIDING_ROLES)
    reached, spoke, decider = (
        rows.order_by().values("contact__customer")
        for rows in (_asked(person, window), answered, decided)
    )
    holds = {
        "decider_answered": Q(pk__in=decider),
        "answered": Q(pk__in=spoke) & ~Q(pk__in=decider),
        "no_answer": Q(pk__in=reached) & ~Q(pk__in=spoke),
        "never_asked": ~Q(pk__in=reached) & ~Q(pk__in=spoke),
    }
    running = contracts.open_at(window.as_of).order_by().values("customer")
    found = customers.visible_to(person).filter(
        window.within(person, via=""), holds[state], pk__in=running, archived_at=None
    )
    return found.annotate(name_in_order=Lower("name"))


def _states(person: Person, window: Window) -> dict[int, str]:
    """What is known of each customer of whom anything is: who was never asked is left out."""
    asked = _asked(person, window).order_by().values_list("contact__customer", flat=True)
    found = dict.fromkeys(asked.distinct(), "no_answer")
    decides = Case(
        When(contact__role__in=DECIDING_ROLES, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    spoke = _answered(person, window).order_by().values_list("contact__customer")
    for customer_id, decider in spoke.annotate(decider=Max(decides)):
        found[customer_id] = "decider_answered" if decider else "answered"
    return found


def _running(person: Person, window: Window) -> Iterable[tuple[int, str, Decimal | None]]:
    rows = contracts.open_at(window.as_of).filter(
        window.within(person, via="customer__"), customer__archived_at=None
    )
    return rows.order_by().values_list("customer_id", "currency", "arr")


def _asked(person: Person, window: Window) -> QuerySet[Ask]:
    return Ask.objects.filter(window.known(), window.within(person))


def _answered(person: Person, window: Window) -> QuerySet[Answer]:
    return Answer.objects.filter(window.known(), window.within(person), flagged=False)
