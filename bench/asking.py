"""Whom eight rules would ask tomorrow among 100,000 contacts, and what it takes to write them down.

`./do bench asking` fills 25,000 customers with 100,000 people, their terms and two years of asks, and decides tomorrow.
The baseline reads the same people, terms and asks in one stream each and decides nothing. Accepted: ten seconds, and not
more memory for 100,000 contacts than for a tenth of the customers plus 100 MB.
"""

from __future__ import annotations

import random
import resource
import sys
from datetime import timedelta
from time import perf_counter
from typing import Any

from bench.support import company, looks

CONTACTS = 100_000
PEOPLE = 4
MOST_SECONDS = 10
MOST_MB = 100
ROLES = ("decision_maker", "sponsor", "champion", "user")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "")


def main(argv: list[str]) -> None:
    """Print the seconds and the memory, on SQLite and, where DATABASE_URL names it, on PostgreSQL."""
    looks.on_each_database(
        "bench.asking", argv or [str(CONTACTS // PEOPLE)], fill=_fill, measure=_measure
    )


def _fill(count: int) -> None:
    from django.utils import timezone

    now = timezone.now()
    owners = company.set_up(owners=20, at=now, currency="EUR")
    dice = random.Random(2026)
    for start in range(0, count, 5_000):
        _customers(range(start, min(count, start + 5_000)), owners, now, dice)
    _rules(now - timedelta(days=7))
    company.filled()


def _customers(numbers: range, owners: list[Any], now: Any, dice: random.Random) -> None:
    from arbiter.accounts.models import Contact, Contract, Customer
    from arbiter.voice.models import Ask

    today = now.date()
    Customer.objects.bulk_create(
        Customer(
            pk=number + 1,
            key=f"c-{number}",
            name=f"Customer {number}",
            owner=owners[number % 20],
            segment=("Enterprise", "SMB")[number % 2],
            stage=("trial", "adoption", "growth")[number % 3],
            since=today - timedelta(days=dice.randint(1, 1_500)),
        )
        for number in numbers
    )
    Contract.objects.bulk_create(
        Contract(
            key=f"t-{number}",
            customer_id=number + 1,
            starts_on=today - timedelta(days=300),
            ends_on=today + timedelta(days=dice.randint(1, 400)),
            seats=dice.randint(1, 200),
        )
        for number in numbers
    )
    people = [(number, place) for number in numbers for place in range(PEOPLE)]
    Contact.objects.bulk_create(
        Contact(
            pk=number * PEOPLE + place + 1,
            key=f"p-{number}-{place}",
            customer_id=number + 1,
            name=f"Person {number}-{place}",
            role=ROLES[place],
            email=f"p{number}.{place}@bench.test",
            time_zone=ZONES[(number + place) % 4],
        )
        for number, place in people
    )
    asked = [now - timedelta(days=dice.randint(1, 700)) for _ in people]
    Ask.objects.bulk_create(
        Ask(
            contact_id=number * PEOPLE + place + 1,
            kind=dice.choice(("intent", "nps", "csat")),
            at=at,
            recorded_at=at,
            channel="mail",
        )
        for (number, place), at in zip(people, asked, strict=True)
    )


def _rules(since: Any) -> None:
    from arbiter.engagement.actions import asking_rules
    from arbiter.engagement.rules.asking import Trigger, When, Whom
    from arbiter.foundation.models import Person

    mona = Person.objects.get(role="manager")
    wanted = [
        (When(Trigger.BEFORE_RENEWAL, days=(90, 30)), Whom(), ""),
        (When(Trigger.EVERY, months=6), Whom(roles=("user", "champion")), "nps"),
        (When(Trigger.EVERY, months=3), Whom(segments=("Enterprise",)), "check_in"),
        (When(Trigger.AFTER_START, days=(7, 14, 30)), Whom(), "check_in"),
        (When(Trigger.STAGE_CHANGED), Whom(), "csat"),
        (When(Trigger.SEATS_CROSSED, steps=(10, 50)), Whom(), ""),
        (When(Trigger.NEW_SPONSOR), Whom(), "discovery"),
        (When(Trigger.MILESTONE_REACHED), Whom(), "csat"),
    ]
    for number, (when, whom, survey) in enumerate(wanted):
        given = {"name": f"Rule {number}", "when": when, "whom": whom, "survey_key": survey}
        rule = asking_rules.make(**given, by=mona, at=since)
        asking_rules.switch_on(rule=rule, by=mona, at=since)


def _measure() -> None:
    from django.utils import timezone

    from arbiter.accounts.models import Customer
    from arbiter.engagement.actions import occasions
    from arbiter.engagement.queries import asking_rules, plan
    from arbiter.engagement.queries.found import looks as batches

    now = timezone.now()
    readings = asking_rules.switched_on()
    tenth = Customer.objects.count() // 10
    next(iter(batches(readings, at=now, size=tenth)))
    before = _memory()
    baseline = _timed(_read_all)
    began = perf_counter()
    found = plan.of(readings, day=plan.tomorrow(now))
    seconds = perf_counter() - began
    grown = _memory() - before
    good = seconds <= MOST_SECONDS and grown <= MOST_MB
    print(
        f"  tomorrow: {found.count:,} asked, {sum(found.reasons.values()):,} not; {seconds:.1f} s "
        f"(at most {MOST_SECONDS}), bare reading {baseline:.1f} s, ratio {seconds / baseline:.1f}; "
        f"memory grew by {grown:.0f} MB (at most {MOST_MB}): {'ok' if good else 'TOO MUCH'}",
        flush=True,
    )
    writing = _timed(lambda: occasions.find_occasions(now))
    again = _timed(lambda: occasions.find_occasions(now))
    print(f"  written down in {writing:.1f} s, looked at again in {again:.1f} s", flush=True)
    if not good:
        sys.exit(1)


def _read_all() -> None:
    from arbiter.accounts.models import Contact, Contract
    from arbiter.voice.models import Ask

    for model, columns in (
        (Contact, ("pk", "customer_id", "name", "email", "role", "time_zone")),
        (Contract, ("customer_id", "starts_on", "ends_on", "seats")),
        (Ask, ("contact_id", "kind", "at")),
    ):
        for _ in model.objects.values_list(*columns).iterator(chunk_size=10_000):
            pass


def _timed(work: Any) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _memory() -> float:
    """The most memory this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
