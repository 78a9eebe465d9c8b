"""What goals are worth by the customer's own prices, against what they cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from arbiter.accounts.queries import contracts
from arbiter.outcomes import rules
from arbiter.outcomes.models import Investment
from arbiter.outcomes.queries import attainment, investments
from arbiter.outcomes.queries.brief import Agreed, Stated

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract, Customer


@dataclass(frozen=True)
class GoalReturn:
    """What one goal is worth a year so far; the price per unit is the customer's, and so is the effort."""

    goal: Stated
    revision: Agreed
    value: Decimal
    currency: str
    effort: Decimal
    helped: str


@dataclass(frozen=True)
class Returns:
    """A customer's agreed value against price and effort, all in one currency; others are named, not converted.

    `price` is the yearly value of the open contracts, `effort` what the customer put in over twelve months.
    """

    currency: str
    goals: tuple[GoalReturn, ...]
    value: Decimal
    price: Decimal
    effort: Decimal
    left_out: tuple[str, ...]

    @property
    def roi(self) -> float | None:
        """(value − cost) ÷ cost; None while no goal has an agreed worth or nothing was paid."""
        if not self.goals:
            return None
        return rules.roi(value=self.value, price=self.price, effort=self.effort)


def of_customer(customer: Customer, *, as_of: datetime) -> Returns:
    """What a customer gets for what it gives, as known at a moment."""
    terms = contracts.open_of([customer.pk], as_of=as_of).get(customer.pk, [])
    effort = [
        each for each in investments.of(customer, as_of=as_of) if as_of - each.at <= rules.YEAR
    ]
    worth = list(_worth(customer, effort, as_of))
    currencies = _currencies(worth, terms, effort)
    currency = currencies[0] if currencies else ""
    return Returns(
        currency=currency,
        goals=tuple(each for each in worth if each.currency == currency),
        value=_sum(each.value for each in worth if each.currency == currency),
        price=_sum(each.arr for each in terms if each.arr and each.currency == currency),
        effort=_sum(each.amount for each in effort if each.currency == currency),
        left_out=tuple(currencies[1:]),
    )


def _worth(customer: Customer, effort: list[Investment], as_of: datetime) -> Iterable[GoalReturn]:
    for each in attainment.of_customers([customer.pk], as_of=as_of)[customer.pk].goals:
        revision = each.revision
        if revision is None:
            continue
        value = rules.agreed_value(
            direction=revision.direction,
            baseline=revision.baseline,
            target=revision.target,
            now=each.result.value if each.result else None,
            money_per_unit=revision.money_per_unit,
        )
        if value is not None:
            own = _sum(
                one.amount
                for one in effort
                if one.goal_id == each.goal.pk and one.currency == revision.currency
            )
            yield GoalReturn(each.goal, revision, value, revision.currency, own, each.helped)


def _currencies(
    worth: list[GoalReturn], terms: list[Contract], effort: list[Investment]
) -> list[str]:
    """The currency of most contracts first, then those of goals and effort."""
    found = [each.currency for each in terms if each.currency]
    found += [each.currency for each in worth] + [each.currency for each in effort]
    ranked = Counter(each.currency for each in terms if each.currency).most_common()
    return list(dict.fromkeys([currency for currency, _ in ranked] + found))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
