"""What one look at some thousand customers knows: each thing is read once, and only when a rule asks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from arbiter.accounts.queries import in_batches
from arbiter.accounts.queries.in_batches import CustomerRow, PersonRow, TermRow
from arbiter.accounts.rules import day
from arbiter.engagement.rules.asking import LOOK_BACK
from arbiter.foundation.queries import timeline
from arbiter.outcomes.queries import goals, milestones, revisions, stages
from arbiter.usage.queries.happened import Happened
from arbiter.voice.queries import tickets

if TYPE_CHECKING:
    from arbiter.foundation.models import Fact
    from arbiter.outcomes.models import Goal, Milestone, Revision, Stage
    from arbiter.voice.models import Feedback

FACTS = frozenset(
    {
        "accounts.customer_edited",
        "accounts.contract_edited",
        "accounts.contract_added",
        "accounts.contact_added",
        "accounts.contact_edited",
    }
)


class Cause(NamedTuple):
    """Why somebody at a customer is to be asked. `cause` is its own for the rule; `contact_*` where it is about one person."""

    customer_id: int
    cause: str
    because: str
    contact_id: int | None = None
    contact_key: str = ""
    goal_key: str = ""
    contract_key: str = ""


@dataclass
class Look:
    """Some customers at a moment. `happened` holds lately's usage events by the customer's key, read once for all."""

    customers: Sequence[CustomerRow]
    at: datetime
    happened: Mapping[str, Sequence[Happened]] = field(default_factory=dict)

    @property
    def since(self) -> datetime:
        """What is older is no occasion any more."""
        return self.at - LOOK_BACK

    @cached_property
    def today(self) -> date:
        """The day of the look."""
        return day(self.at)

    @cached_property
    def ids(self) -> list[int]:
        """The customers' numbers."""
        return [each.pk for each in self.customers]

    @cached_property
    def by_id(self) -> dict[int, CustomerRow]:
        """The customers by number."""
        return {each.pk: each for each in self.customers}

    @cached_property
    def people(self) -> dict[int, list[PersonRow]]:
        """Who is there."""
        return in_batches.people(self.ids, on=self.today)

    @cached_property
    def terms(self) -> dict[int, list[TermRow]]:
        """Their terms, the first to begin first."""
        return in_batches.terms(self.ids)

    @cached_property
    def facts(self) -> list[Fact]:
        """What the journal says of them lately."""
        return timeline.lately(self.ids, names=FACTS, since=self.since, until=self.at)

    @cached_property
    def milestones(self) -> list[Milestone]:
        """The steps that were done lately."""
        return list(milestones.reached(self.ids, since=self.since, until=self.at))

    @cached_property
    def tickets(self) -> list[Feedback]:
        """The tickets that were closed lately."""
        return list(tickets.closed(self.ids, since=self.since, until=self.at))

    @cached_property
    def goals(self) -> dict[int, list[Goal]]:
        """Their goals that stand, those to see to first in front."""
        found: dict[int, list[Goal]] = defaultdict(list)
        for goal in goals.of_customers(self.ids, as_of=self.at):
            found[goal.customer_id].append(goal)
        return dict(found)

    @cached_property
    def revisions(self) -> dict[int, Revision]:
        """What was agreed of each goal."""
        known = [goal.pk for each in self.goals.values() for goal in each]
        return revisions.current(known, as_of=self.at)

    @cached_property
    def stages(self) -> list[Stage]:
        """What success means in each stage."""
        return list(stages.standing())

    def running_terms(self, customer_id: int) -> list[TermRow]:
        """The terms of a customer that run undecided today."""
        return [
            term
            for term in self.terms.get(customer_id, ())
            if term.starts_on <= self.today <= term.ends_on and term.decision is None
        ]

    def began(self, customer: CustomerRow) -> date | None:
        """When a customer began: as written, or with its first term."""
        first = self.terms.get(customer.pk)
        return customer.since or (first[0].starts_on if first else None)
