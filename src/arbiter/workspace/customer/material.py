"""What every part of a customer's page needs: read once, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arbiter.accounts.queries import contacts, contracts
from arbiter.forecast.queries import explanations, seals, standings
from arbiter.outcomes.queries import attainment, milestones
from arbiter.voice.queries import follow_ups, intents
from arbiter.voice.queries.intents import CustomerIntent

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract
    from arbiter.accounts.queries.contracts import Settled
    from arbiter.forecast.models import Standing
    from arbiter.forecast.queries.explanations import Explained
    from arbiter.outcomes.models import Milestone
    from arbiter.outcomes.queries.attainment import Attainment
    from arbiter.voice.models import FollowUp
    from arbiter.voice.queries.answers import PersonIntent
    from arbiter.workspace.customer.visit import Visit


@dataclass(frozen=True)
class Material:
    """A customer as known now. `sealed` are answers that are in and may not be read yet, by contract.

    `settled` is the term of whoever has none that runs undecided: the next one agreed, or the last of who leaves.
    """

    people: dict[int, Contact]
    open: list[Contract]
    overdue: list[Contract]
    settled: Settled | None
    standing: Standing | None
    attainment: Attainment
    intent: CustomerIntent
    sealed: dict[int, frozenset[int]]
    explained: Explained | None
    steps: list[Milestone]
    follow_ups: dict[int, FollowUp]

    @property
    def contract(self) -> Contract | None:
        """The term the page is about: the open one that ends first, else one that ended undecided."""
        return next(iter([*self.open, *self.overdue]), None)

    @property
    def sealed_answers(self) -> frozenset[int]:
        """Every answer that may not be read yet."""
        return frozenset().union(*self.sealed.values())

    @property
    def sealed_contract(self) -> Contract | None:
        """The contract about which somebody must say what they believe before reading on."""
        return next((contract for contract in self.open if contract.pk in self.sealed), None)

    def is_sealed(self, person: PersonIntent) -> bool:
        """Say whether what a person answered may not be read yet."""
        return person.answer_id in self.sealed_answers

    def current_people(self) -> list[PersonIntent]:
        """Those who are at the customer, in the order of who decides."""
        order = ("decision_maker", "sponsor", "procurement", "champion", "user", "other")
        return sorted(self.intent.people, key=lambda each: (order.index(each.role), each.name))


def gather(visit: Visit) -> Material:
    """Read everything through the queries of the capabilities."""
    customer, now = visit.customer, visit.now
    running = contracts.open_of([customer.pk], as_of=now).get(customer.pk, [])
    sealed = seals.of_customer(customer.pk, as_of=now)
    # A forecast gives away what a sealed answer said.
    explained = explanations.of(running[0], as_of=now) if running and not sealed else None
    overdue = list(contracts.overdue(now).filter(customer=customer))
    between = not running and not overdue
    waiting = follow_ups.open([customer.pk], as_of=now).get(customer.pk, [])
    return Material(
        people={contact.pk: contact for contact in contacts.of(customer)},
        open=running,
        overdue=overdue,
        settled=contracts.settled_of([customer.pk], as_of=now).get(customer.pk)
        if between
        else None,
        standing=standings.of_customers([customer.pk]).get(customer.pk),
        attainment=attainment.of_customers([customer.pk], as_of=now)[customer.pk],
        intent=intents.of_customers([customer.pk], as_of=now).get(customer.pk, CustomerIntent()),
        sealed=sealed,
        explained=explained,
        steps=list(milestones.of(customer).select_related("evidence")),
        follow_ups={each.answer_id: each for each in waiting},
    )
