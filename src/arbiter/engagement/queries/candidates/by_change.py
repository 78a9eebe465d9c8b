"""By what changed at the customer: their stage, seats, plan, a purchase, a new sponsor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from arbiter.accounts.rules import day
from arbiter.engagement.queries.candidates.look import Cause, Look
from arbiter.engagement.rules import asking
from arbiter.engagement.rules.asking import When

if TYPE_CHECKING:
    from arbiter.accounts.queries.in_batches import TermRow
    from arbiter.foundation.models import Fact

SPONSORS = frozenset({"sponsor", "decision_maker"})


def stage_changed(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """A customer was put into another stage, by hand or by a file."""
    for fact in _facts(look, "accounts.customer_edited", since):
        stage = look.by_id[_customer(fact)].stage
        wanted = not when.stages or stage in when.stages
        if "stage" in fact.details.get("fields", ()) and stage and wanted:
            because = f"They are in “{stage}” now."
            yield Cause(_customer(fact), f"stage:{stage}:{fact.at:%Y-%m-%d}", because)


def seats_crossed(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """Seats rose over one of the steps: in a term that was edited, or from one term to the next."""
    for fact, before, now in _moved(look, "seats", since):
        step = asking.crossed(when.steps, before, now)
        if step is not None:
            yield Cause(
                _customer(fact), f"seats:{fact.pk}", f"They passed {step} seats: {now} now."
            )
    for before, after in _followed(look, since):
        step = asking.crossed(when.steps, before.seats, after.seats)
        if step is not None:
            because = f"They passed {step} seats: {after.seats} now."
            yield Cause(after.customer_id, f"seats:{after.key}:{step}", because)


def plan_changed(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """The plan is another one: in a term that was edited, or from one term to the next."""
    for fact, before, now in _moved(look, "plan", since):
        if before and now:
            yield Cause(_customer(fact), f"plan:{fact.pk}", f"Their plan is “{now}” now.")
    for before, after in _followed(look, since):
        if before.plan and after.plan and before.plan != after.plan:
            because = f"Their plan is “{after.plan}” now."
            yield Cause(after.customer_id, f"plan:{after.key}", because)


def purchase(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """A term began, or an event that tells of a purchase came in."""
    for customer in look.customers:
        for term in look.terms.get(customer.pk, ()):
            if day(since) < term.starts_on <= look.today:
                because = f"They bought: a contract began on {term.starts_on:%-d %B %Y}."
                yield Cause(customer.pk, f"term:{term.key}", because, contract_key=term.key)


def new_sponsor(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """Somebody who decides came, or somebody there came to decide."""
    told = {
        fact.subject_id
        for name in ("accounts.contact_added", "accounts.contact_edited")
        for fact in _facts(look, name, since)
        if fact.details.get("role") in SPONSORS
    }
    for customer_id, people in look.people.items():
        for person in people:
            joined = person.joined_on is not None and day(since) < person.joined_on <= look.today
            if person.role in SPONSORS and (joined or person.pk in told):
                because = f"{person.name} is new as {person.role.replace('_', ' ')}."
                yield Cause(customer_id, f"sponsor:{person.role}", because, contact_id=person.pk)


def _facts(look: Look, name: str, since: datetime) -> Iterator[Fact]:
    return (fact for fact in look.facts if fact.name == name and fact.at > since)


def _customer(fact: Fact) -> int:
    assert fact.customer_id is not None
    return fact.customer_id


def _moved(look: Look, name: str, since: datetime) -> Iterator[tuple[Fact, Any, Any]]:
    for fact in _facts(look, "accounts.contract_edited", since):
        if name in fact.details:
            before, now = fact.details[name]
            yield fact, before, now


def _followed(look: Look, since: datetime) -> Iterator[tuple[TermRow, TermRow]]:
    """Each term that began lately, and the one of the same product before it."""
    for terms in look.terms.values():
        for before, after in pairwise(terms):
            if before.product == after.product and day(since) < after.starts_on <= look.today:
                yield before, after
