"""Whom one might ask: a customer's people with what is known of them, and what we believe ourselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from arbiter.accounts.queries import contacts, contracts, customers
from arbiter.forecast.queries import beliefs, standings
from arbiter.voice.queries import answers, asks
from arbiter.voice.queries.asks import Reach

if TYPE_CHECKING:
    from arbiter.accounts.models import Contract, Customer
    from arbiter.forecast.models import Belief
    from arbiter.foundation.models import Person

BELIEF_IS_FRESH = timedelta(days=90)
# More than this is no longer asking, and nobody reads such a page.
MOST_CUSTOMERS = 50
ASKED_FIRST = ("decision_maker", "sponsor")


@dataclass(frozen=True)
class Someone:
    """A contact who might be asked. `state` is empty where it is not to be seen yet."""

    reach: Reach
    state: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A customer with their people, the contract in question, and our belief where it is fresh."""

    customer: Customer
    people: tuple[Someone, ...]
    contract: Contract | None
    belief: Belief | None
    sealed: bool
    warnings: tuple[str, ...]

    @property
    def chosen(self) -> list[Reach]:
        """Those who are to be asked."""
        return [each.reach for each in self.people if each.chosen]

    @property
    def wants_belief(self) -> bool:
        """Whether we should say what we believe before we ask."""
        return self.contract is not None and self.belief is None


def groups(
    person: Person,
    customer_ids: Iterable[int],
    *,
    at: datetime,
    chosen: Collection[int] | None = None,
    judge: int | None = None,
    warns: bool = True,
) -> list[Group]:
    """Gather customers within reach, in the order given.

    Args:
        person: who asks.
        customer_ids: of whom, in this order.
        at: when.
        chosen: the contacts chosen; without a choice those who decide are.
        judge: the contact who said what is to be judged: without a choice, it is they who are asked.
        warns: whether to say what is doubtful about asking just these people whether they continue.
    """
    order = list(dict.fromkeys(customer_ids))[:MOST_CUSTOMERS]
    found = {
        customer.pk: customer
        for customer in customers.visible_to(person).filter(pk__in=order, archived_at=None)
    }
    there = [found[pk] for pk in order if pk in found]
    ids = [customer.pk for customer in there]
    people: dict[int, list[Reach]] = defaultdict(list)
    for reach in asks.reach(contacts.of_customers(ids).filter(left_on=None), at=at):
        people[reach.contact.customer_id].append(reach)
    running = {pk: terms[0] for pk, terms in contracts.open_of(ids, as_of=at).items() if terms}
    believed = beliefs.latest([contract.pk for contract in running.values()], as_of=at)
    told = answers.latest_intents(ids, as_of=at)
    standing = standings.of_customers(ids)
    return [
        _group(
            customer,
            people[customer.pk],
            running.get(customer.pk),
            _fresh(believed, running.get(customer.pk), at),
            {each.contact_id: each.state.value for each in told.get(customer.pk, ())},
            customer.pk in standing and standing[customer.pk].sealed,
            _usual(people[customer.pk], judge) if chosen is None else set(chosen),
            warns,
        )
        for customer in there
    ]


def _group(
    customer: Customer,
    people: list[Reach],
    contract: Contract | None,
    belief: Belief | None,
    states: dict[int, str],
    sealed: bool,
    picked: set[int],
    warns: bool,
) -> Group:
    return Group(
        customer=customer,
        people=tuple(
            Someone(
                reach,
                "" if sealed else states.get(reach.contact.pk, "never_asked"),
                reach.contact.pk in picked,
            )
            for reach in people
        ),
        contract=contract,
        belief=belief,
        sealed=sealed,
        warnings=tuple(asks.warnings(people, picked)) if warns else (),
    )


def _usual(people: list[Reach], judge: int | None) -> set[int]:
    """Who judges, else those who decide, of whoever can get a letter; else the first who can."""
    reachable = [each.contact for each in people if each.may_be_mailed]
    if any(contact.pk == judge for contact in reachable):
        return {contact.pk for contact in reachable if contact.pk == judge}
    if any(each.contact.role in ASKED_FIRST for each in people):
        return {contact.pk for contact in reachable if contact.role in ASKED_FIRST}
    return {contact.pk for contact in reachable[:1]}


def _fresh(found: dict[int, Belief], contract: Contract | None, at: datetime) -> Belief | None:
    belief = found.get(contract.pk) if contract else None
    return belief if belief is not None and at - belief.at <= BELIEF_IS_FRESH else None
