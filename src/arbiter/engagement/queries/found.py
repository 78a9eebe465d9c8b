"""Whom the rules find: the causes of each rule turned into people, with who is left out before anybody is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from arbiter.accounts.queries import in_batches
from arbiter.accounts.queries.in_batches import CustomerRow, PersonRow
from arbiter.engagement.queries.asking_rules import Reading
from arbiter.engagement.queries.candidates import Cause, Look, causes
from arbiter.engagement.rules import asking
from arbiter.engagement.rules.asking import DECIDING, ROLES_IN_ORDER, Whom
from arbiter.usage.queries import happened
from arbiter.usage.queries.happened import Happened
from arbiter.voice.queries import budget
from arbiter.voice.rules.budget import Addressee, Reason


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody a rule found. `out` is why they are left out before the budget is asked, with its sentence."""

    reading: Reading
    cause: Cause
    to: Addressee
    role: str
    number: str
    customer: CustomerRow
    out: str = ""
    sentence: str = ""


def looks(
    readings: Sequence[Reading], *, at: datetime, size: int = in_batches.SIZE
) -> Iterator[tuple[Look, list[Found]]]:
    """Everybody the rules find at a moment, some thousand customers at a time, outcome questions first."""
    heard = _heard(readings, at)
    zone = budget.company_zone()
    holding = {each.rule.pk: _may_hold_out(each) for each in readings}
    for customers in in_batches.customers(**_together(readings), size=size):
        look = Look(customers, at, heard)
        found = [
            one
            for reading in readings
            for one in _of(reading, look, zone, holding[reading.rule.pk])
        ]
        yield look, found


def _together(readings: Sequence[Reading]) -> dict[str, tuple[str, ...]]:
    """Only the segments and stages that any rule is for; everything where one is for everything."""
    found = {}
    for name in ("segments", "stages"):
        named = [getattr(each.whom, name) for each in readings]
        if named and all(named):
            found[name] = tuple({word for words in named for word in words})
    return found


def _heard(readings: Sequence[Reading], at: datetime) -> Mapping[str, Sequence[Happened]]:
    events = {event for each in readings for event in each.when.events}
    found: dict[str, list[Happened]] = defaultdict(list)
    for done in happened.lately(events, since=at - asking.LOOK_BACK, until=at):
        found[done.customer_key].append(done)
    return found


def _may_hold_out(reading: Reading) -> bool:
    """A handful of people tells nothing: below that nobody is held out."""
    if not reading.rule.hold_out_percent:
        return False
    whom = reading.whom
    reached = in_batches.count_people(segments=whom.segments, stages=whom.stages, roles=whom.roles)
    return reached >= asking.HOLD_OUT_FROM


def _of(reading: Reading, look: Look, zone: str, may_hold_out: bool) -> Iterator[Found]:
    seen: set[str] = set()
    for cause in causes(look, reading.when, rule_key=reading.rule.key, since=reading.since):
        customer = look.by_id.get(cause.customer_id)
        if customer is None or not _is_for(reading.whom, customer, look):
            continue
        people = look.people.get(customer.pk, ())
        chosen = choose(people, reading.whom, cause)
        covered = not reading.whom.covers or _is_covered(people)
        for person in chosen:
            number = asking.number_of(reading.rule.key, person.key, cause.cause)
            if number not in seen:
                seen.add(number)
                out, said = _left_out(reading, person, cause, may_hold_out, covered, customer)
                to = addressee(person, zone)
                yield Found(reading, cause, to, person.role, number, customer, out, said)


def addressee(person: PersonRow, default_zone: str) -> Addressee:
    """What the budget must know of a person."""
    zone = budget.zone(person.time_zone, default_zone)
    return Addressee(
        person.pk,
        person.customer_id,
        person.name,
        person.email,
        person.left_on,
        person.unsubscribed_at,
        zone,
    )


def choose(people: Iterable[PersonRow], whom: Whom, cause: Cause) -> list[PersonRow]:
    """Whom a cause is about: the person it names, or those of the rule's roles, whoever decides first."""
    named = [
        person
        for person in people
        if person.pk == cause.contact_id or (cause.contact_key and person.key == cause.contact_key)
    ]
    fitting = [person for person in named or people if not whom.roles or person.role in whom.roles]
    ordered = sorted(fitting, key=lambda person: (ROLES_IN_ORDER.index(person.role), person.pk))
    return ordered[: whom.most_people]


def _is_for(whom: Whom, customer: CustomerRow, look: Look) -> bool:
    if whom.segments and customer.segment not in whom.segments:
        return False
    if whom.stages and customer.stage not in whom.stages:
        return False
    running = look.running_terms(customer.pk) if whom.products else ()
    return not whom.products or any(term.product in whom.products for term in running)


def _is_covered(people: Iterable[PersonRow]) -> bool:
    return any(
        person.role in DECIDING and person.email and person.unsubscribed_at is None
        for person in people
    )


def _left_out(
    reading: Reading,
    person: PersonRow,
    cause: Cause,
    may_hold_out: bool,
    covered: bool,
    customer: CustomerRow,
) -> tuple[str, str]:
    rule = reading.rule
    if not covered:
        return (
            Reason.NOT_COVERED,
            f"is not asked alone: nobody who decides at {customer.name} can be.",
        )
    if may_hold_out and asking.is_held_out(rule.key, person.key, rule.hold_out_percent):
        return Reason.HELD_OUT, f"is among the {rule.hold_out_percent} % this rule never asks."
    if not asking.is_sampled(rule.key, person.key, cause.cause, rule.sample_percent):
        return Reason.SAMPLED_OUT, f"is not among the {rule.sample_percent} % asked this time."
    return "", ""
