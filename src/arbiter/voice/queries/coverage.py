"""Of whose money has anybody spoken? Customers with a running contract by who of their people was asked and answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Max, QuerySet, Value, When
from django.db.models.functions import Lower

from arbiter.accounts.queries import contracts, customers
from arbiter.voice.models import Answer, Ask
from arbiter.voice.queries.responses import Window
from arbiter.voice.rules import DECIDING_ROLES

if TYPE_CHECKING:
    from arbiter.accounts.models import Customer
    from arbiter.foundation.models import Person

SIZE = 50
# What is known of a customer: the first of these that holds.
STATES = ("decider_answered", "answered", "no_answer", "never_asked")


@dataclass
class Covered:
    """The customers in one state by name, with the yearly value of their running contracts, each currency apart.

    `without_arr` contracts have no known value: in no sum.
    """

    state: str
    ids: list[int] = field(default_factory=list)
    arr: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    without_arr: int = 0

    @property
    def customers(self) -> int:
        """How many customers are in the state."""
        return len(self.ids)


def read(person: Person, window: Window) -> dict[str, Covered]:
    """Sort the customers with a running contract by who spoke in the window, on any question: three queries."""
    states = _states(person, window)
    found = {state: Covered(state) for state in STATES}
    seen: set[int] = set()
    for customer_id, currency, arr in _running(person, window):
        covered = found[states.get(customer_id, "never_asked")]
        if customer_id not in seen:
            seen.add(customer_id)
            covered.ids.append(customer_id)
        if arr is None:
            covered.without_arr += 1
        else:
            covered.arr[currency] += arr
    return found


@dataclass(frozen=True)
class Page:
    """Some customers by name, and the number after which the list goes on; None at its end."""

    rows: list[Customer]
    after: int | None


def page(person: Person, covered: Covered, *, after: int | None = None, size: int = SIZE) -> Page:
    """Return a page of the customers in a state, by name as they were counted: one query.

    Args:
        person: who looks; a customer that went out of reach since is left out.
        covered: the state, from `read`.
        after: the number of the customer after which to go on; from the first where it is not in the list.
        size: how many rows.
    """
    ids = covered.ids
    start = ids.index(after) + 1 if after in ids else 0
    wanted = ids[start : start + size]
    found = customers.visible_to(person).in_bulk(wanted)
    rows = [found[pk] for pk in wanted if pk in found]
    return Page(rows, wanted[-1] if len(ids) > start + size else None)


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
    ordered = rows.order_by(Lower("customer__name"), "customer_id")
    return ordered.values_list("customer_id", "currency", "arr")


def _asked(person: Person, window: Window) -> QuerySet[Ask]:
    return Ask.objects.filter(window.known(), window.within(person))


def _answered(person: Person, window: Window) -> QuerySet[Answer]:
    return Answer.objects.filter(window.known(), window.within(person), flagged=False)
