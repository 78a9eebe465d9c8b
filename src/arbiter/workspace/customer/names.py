"""The words that facts only point to: names and quotes, fetched through the doors, a kind at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from arbiter.accounts.queries import contracts
from arbiter.engagement.queries import touchpoints
from arbiter.forecast.queries import beliefs
from arbiter.foundation.queries import people
from arbiter.outcomes.queries import goals
from arbiter.voice.queries import answers, asks

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract
    from arbiter.engagement.models import Touchpoint
    from arbiter.forecast.models import Belief
    from arbiter.foundation.models import Fact
    from arbiter.outcomes.models import Goal, Milestone
    from arbiter.voice.models import Answer, Ask
    from arbiter.workspace.customer.material import Material
    from arbiter.workspace.customer.visit import Visit

SOMEBODY = "Somebody"


@dataclass
class Names:
    """What facts of one customer speak of. What was erased or removed since has no name any more."""

    customer: str
    now: datetime
    contacts: dict[int, Contact]
    sealed: frozenset[int]
    units: dict[int, str]
    people: dict[int, str] = field(default_factory=dict)
    goals: dict[int, Goal] = field(default_factory=dict)
    contracts: dict[int, Contract] = field(default_factory=dict)
    steps: dict[int, Milestone] = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)
    asks: dict[int, Ask] = field(default_factory=dict)
    touchpoints: dict[int, Touchpoint] = field(default_factory=dict)
    beliefs: dict[int, Belief] = field(default_factory=dict)

    def contact(self, pk: int | None) -> str:
        """Return a contact's name."""
        found = self.contacts.get(pk or 0)
        return found.name if found else SOMEBODY

    def person(self, pk: int | None) -> str:
        """Return a colleague's name."""
        return self.people.get(pk or 0, SOMEBODY)

    def by(self, fact: Fact) -> str:
        """Return the name of whoever acted."""
        return self.contact(fact.by_id) if fact.by_kind == "contact" else self.person(fact.by_id)

    def goal(self, pk: int | None) -> str:
        """Return a goal's words in quotation marks."""
        found = self.goals.get(pk or 0)
        return f"“{found.statement}”" if found else "a goal"

    def step(self, pk: int | None) -> str:
        """Return a milestone's title."""
        found = self.steps.get(pk or 0)
        return found.title if found else "a step that was removed"


def of(facts: Iterable[Fact], visit: Visit, known: Material) -> Names:
    """Fetch the words of some facts: one read for each kind of thing they speak of."""
    ids = _ids(facts)
    customer = visit.customer
    names = Names(
        customer=customer.name,
        now=visit.now,
        contacts=known.people,
        sealed=known.sealed_answers,
        units={
            each.goal.pk: each.revision.unit for each in known.attainment.goals if each.revision
        },
        people=_people(ids["person"]),
        steps={step.pk: step for step in known.steps},
    )
    if wanted := ids["outcomes.goal"]:
        found = goals.visible_to(visit.person).filter(pk__in=wanted, customer=customer)
        names.goals = {goal.pk: goal for goal in found}
    if wanted := ids["accounts.contract"]:
        terms = contracts.visible_to(visit.person).filter(pk__in=wanted, customer=customer)
        names.contracts = {contract.pk: contract for contract in terms}
    if wanted := ids["voice.answer"]:
        said = answers.of_customer(customer.pk, as_of=visit.now).filter(pk__in=wanted)
        names.answers = {answer.pk: answer for answer in said}
    if wanted := ids["voice.ask"]:
        asked = asks.of_customer(customer.pk, as_of=visit.now).filter(pk__in=wanted)
        names.asks = {ask.pk: ask for ask in asked}
    if wanted := ids["engagement.touchpoint"]:
        talks = touchpoints.of(customer, as_of=visit.now).filter(pk__in=wanted)
        names.touchpoints = {talk.pk: talk for talk in talks}
    if wanted := ids["forecast.belief"]:
        told = beliefs.visible_to(visit.person).filter(pk__in=wanted).select_related("by")
        names.beliefs = {belief.pk: belief for belief in told}
    return names


def _ids(facts: Iterable[Fact]) -> dict[str, set[int]]:
    """Return the ids that facts name, by kind of thing."""
    found: dict[str, set[int]] = defaultdict(set)
    for fact in facts:
        details = fact.details
        if fact.subject_id is not None:
            found[fact.subject_kind].add(fact.subject_id)
        if fact.by_kind == "person" and fact.by_id is not None:
            found["person"].add(fact.by_id)
        if details.get("goal"):
            found["outcomes.goal"].add(details["goal"])
        if details.get("owner"):
            found["person"].add(details["owner"])
        if details.get("answer"):
            found["voice.answer"].add(details["answer"])
    return found


def _people(ids: set[int]) -> dict[int, str]:
    """Return colleagues' names; the system is called by the product's own name."""
    if not ids:
        return {}
    found = {person.pk: person.get_full_name() for person in people.everyone().filter(pk__in=ids)}
    return {pk: found.get(pk, "Arbiter") for pk in ids}
