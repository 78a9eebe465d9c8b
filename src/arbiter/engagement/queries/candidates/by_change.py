"""By what changed at the customer: their stage, seats, plan, products, whose they are, a purchase, a new sponsor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from arbiter.accounts.rules import day
from arbiter.engagement.queries.candidates.look import Cause, Look
from arbiter.engagement.rules import asking
from arbiter.engagement.rules.asking import When

if TYPE_CHECKING:
    from arbiter.accounts.queries.in_batches import TermRow
    from arbiter.foundation.models import Fact

SPONSORS = frozenset({"sponsor", "decision_maker"})


class Edit(NamedTuple):
    """A term was made to say something else."""

    term: TermRow
    at: datetime
    before: Any
    now: Any


def stage_changed(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """A customer was put into another stage, by hand or by a file."""
    for fact in _facts(look, "accounts.customer_edited", since):
        stage = look.by_id[_customer(fact)].stage
        wanted = not when.stages or stage in when.stages
        if "stage" in fact.details.get("fields", ()) and stage and wanted:
            because = f"They are in “{stage}” now."
            yield Cause(_customer(fact), f"stage:{stage}:{fact.at:%Y-%m-%d}", because)


def seats_crossed(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """Seats rose over one of the steps: within a term, by hand or by a file, or from one term to the next."""
    edits = _edits(look, "seats")
    for term, moment, before, now in _moved(edits, since):
        step = asking.crossed(when.steps, before, now)
        if step is not None and term.seats is not None and term.seats >= step:
            cause = f"seats:{term.key}:{step}:{moment}"
            yield Cause(term.customer_id, cause, f"They passed {step} seats: {now} now.")
    for before_it, after in _followed(look, since):
        now = _at_start(edits, after, after.seats)
        step = asking.crossed(when.steps, before_it.seats, now)
        if step is not None:
            because = f"They passed {step} seats: {now} now."
            yield Cause(after.customer_id, f"seats:{after.key}:{step}", because)


def plan_changed(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """The plan is another one: within a term, by hand or by a file, or from one term to the next."""
    edits = _edits(look, "plan")
    for term, moment, before, now in _moved(edits, since):
        if before and now and term.plan == now:
            cause = f"plan:{term.key}:{now}:{moment}"
            yield Cause(term.customer_id, cause, f"Their plan is “{now}” now.")
    for before_it, after in _followed(look, since):
        now = _at_start(edits, after, after.plan)
        if before_it.plan and now and before_it.plan != now:
            because = f"Their plan is “{now}” now."
            yield Cause(after.customer_id, f"plan:{after.key}", because)


def product_added(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """A term began of a product they had no term of before."""
    for terms in look.terms.values():
        known = {terms[0].product}
        for term in terms[1:]:
            began = day(since) < term.starts_on <= look.today
            if term.product and term.product not in known and began:
                because = f"They use “{term.product}” now."
                yield Cause(term.customer_id, f"product:{term.product}", because)
            known.add(term.product)


def merged(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """A customer came to stand below another one."""
    for fact in _facts(look, "accounts.customer_edited", since):
        parent = look.by_id[_customer(fact)].parent_id
        if "parent" in fact.details.get("fields", ()) and parent is not None:
            cause = f"parent:{parent}:{fact.at:%Y-%m-%d}"
            yield Cause(_customer(fact), cause, "They are part of another customer now.")


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


def _edits(look: Look, name: str) -> dict[int, list[Edit]]:
    """What terms were made to say otherwise lately, by term, the earliest first: on their page or by a file."""
    terms = {term.pk: term for each in look.terms.values() for term in each}
    found: dict[int, list[Edit]] = defaultdict(list)
    for fact in look.facts:
        term = terms.get(fact.subject_id or 0)
        if fact.name == "accounts.contract_edited" and term and name in fact.details:
            found[term.pk].append(Edit(term, fact.at, *fact.details[name]))
    return found


def _moved(
    edits: Mapping[int, list[Edit]], since: datetime
) -> Iterator[tuple[TermRow, str, Any, Any]]:
    """Each time a term said something else while it ran: the term, the moment, what it said before and then.

    What is corrected of a term that is over, or has yet to begin, is no change at the customer.
    """
    for edit in chain.from_iterable(edits.values()):
        if edit.at > since and edit.term.starts_on <= day(edit.at) <= edit.term.ends_on:
            yield edit.term, edit.at.isoformat(), edit.before, edit.now


def _at_start(edits: Mapping[int, list[Edit]], term: TermRow, today: Any) -> Any:
    """What a term that began lately said as it began: the first edit since then knows what was there before."""
    later = (each.before for each in edits.get(term.pk, ()) if day(each.at) >= term.starts_on)
    return next(later, today)


def _followed(look: Look, since: datetime) -> Iterator[tuple[TermRow, TermRow]]:
    """Each term that began lately, and the one of the same product before it."""
    for terms in look.terms.values():
        for before, after in pairwise(terms):
            if before.product == after.product and day(since) < after.starts_on <= look.today:
                yield before, after
