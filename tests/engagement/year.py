"""A year of asking, drawn by dice: limits, customers with their calendars, rules, and what changes from day to day.

Asking is the product's own: rules find, the budget decides, mail goes out over a real server. `tests.engagement.year_judged`
holds what arrived there against the rules.
"""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from arbiter.accounts.actions import contacts, contracts, customers
from arbiter.accounts.models import Contact, Contract, Customer
from arbiter.engagement.actions import asking_rules, occasions
from arbiter.engagement.models import AskingRule
from arbiter.engagement.queries import occasions as known
from arbiter.engagement.rules.asking import Trigger, When, Whom
from arbiter.forecast.actions import standings
from arbiter.foundation.mail import dispatch
from arbiter.foundation.models import Person
from arbiter.voice.actions import limits as verbs
from arbiter.voice.actions import suppressions
from arbiter.voice.rules.budget import Limits

ZONES = (
    *("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Kolkata"),
    *("America/Los_Angeles", "Australia/Sydney", "America/Sao_Paulo", ""),
)
LANGUAGES = ("en", "de", "fr", "es", "ja", "ar", "")
ROLES = ("decision_maker", "sponsor", "champion", "user")
STAGES = ("trial", "onboarding", "adoption", "growth")
SEGMENTS = ("SMB", "Enterprise")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 365
# A day brings so many of each per customer.
DEPARTURES, SPARED, STAGE_CHANGES, SEAT_CHANGES, NEWCOMERS = 0.002, 0.001, 0.003, 0.002, 0.001


@dataclass(frozen=True)
class Cast:
    """Who sets limits, who makes the rules, who looks after every customer."""

    owner: Person
    manager: Person
    dice: random.Random


def drawn_limits(dice: random.Random, people: int) -> Limits:
    """Limits as different as companies are; a day's most grows with how many people there are."""
    return Limits(
        any_days=dice.randint(0, 40),
        relationship_days=dice.randint(20, 200),
        transactional_days=dice.randint(10, 100),
        outcome_days=dice.randint(0, 25),
        people_a_week=dice.randint(1, 4),
        a_day=max(2, people // dice.randint(40, 120)),
        sends_from=dice.randint(0, 10),
        sends_until=dice.randint(13, 24),
        on_weekends=dice.random() < 0.3,
    )


def settle(cast: Cast, count: int) -> None:
    """So many customers, each with four people, and three terms one after the other from a day of their own on."""
    for number in range(count):
        customer = _customer(cast, number)
        _terms(cast.dice, customer)
        Contact.objects.bulk_create(
            Contact(
                key=f"p{number}-{place}",
                customer=customer,
                name=f"Person {number} {place}",
                email=f"p{number}.{place}@year.test",
                role=role,
                time_zone=cast.dice.choice(ZONES),
                language=cast.dice.choice(LANGUAGES),
            )
            for place, role in enumerate(ROLES)
        )


def _customer(cast, number):
    return Customer.objects.create(
        key=f"c{number}",
        name=f"Customer {number}",
        owner=cast.manager,
        segment=cast.dice.choice(SEGMENTS),
        stage=cast.dice.choice(STAGES),
        since=date(2025, 1, 1) + timedelta(days=cast.dice.randint(0, 700)),
    )


def _terms(dice, customer):
    begins = date(2025, 1, 1) + timedelta(days=dice.randint(0, 364))
    Contract.objects.bulk_create(
        Contract(
            key=f"{customer.key}-{year}",
            customer=customer,
            starts_on=begins + timedelta(days=365 * year),
            ends_on=begins + timedelta(days=365 * year + 364),
            seats=dice.choice([5, 20, 60]),
        )
        for year in range(3)
    )


def drawn_rules(cast: Cast, most: int = 10) -> list[AskingRule]:
    """At most so many rules of every kind that a year of this world gives occasion for, and switch them on."""
    dice = cast.dice
    wanted = [
        (When(Trigger.BEFORE_RENEWAL, days=tuple(dice.sample((150, 120, 90, 60, 30, 10), 3))), ""),
        (When(Trigger.EVERY, months=dice.randint(3, 8)), "nps"),
        (When(Trigger.EVERY, months=dice.randint(2, 5)), "check_in"),
        (When(Trigger.AFTER_START, days=tuple(dice.sample(range(1, 400), 4))), "csat"),
        (When(Trigger.PURCHASE), "ces"),
        (When(Trigger.SEATS_CROSSED, steps=(10, 50)), ""),
        (When(Trigger.STAGE_CHANGED), "csat_10"),
        (When(Trigger.NEW_SPONSOR), "discovery"),
        (When(Trigger.EVERY, months=dice.randint(4, 12)), "price_of_value"),
        (When(Trigger.STAGE_CHANGED, stages=("growth",)), "ces_inverse"),
    ]
    chosen = sorted(dice.sample(range(len(wanted)), min(most, len(wanted))))
    return [_rule(cast, number, *wanted[number]) for number in chosen]


def _rule(cast, number, when, survey_key):
    dice = cast.dice
    rule = asking_rules.make(
        name=f"Rule {number}",
        when=when,
        whom=Whom(
            segments=dice.choice([(), (), SEGMENTS[:1]]),
            roles=dice.choice([(), ROLES[2:], ROLES[:3]]),
            most_people=dice.randint(1, 4),
            covers=dice.random() < 0.2,
        ),
        survey_key=survey_key,
        hold_out_percent=dice.choice([0, 0, 5, 20]),
        sample_percent=dice.choice([60, 90, 100, 100]),
        by=cast.manager,
        at=NEW_YEAR,
    )
    # Lots are drawn by keys: with one of its own a year is the same whenever it is lived.
    AskingRule.objects.filter(pk=rule.pk).update(key=f"rule-{number}")
    rule.refresh_from_db()
    return asking_rules.switch_on(rule=rule, by=cast.manager, at=NEW_YEAR)


def live(cast: Cast, limits: Limits, *, days: int = DAYS, looks: int = 3) -> None:
    """Live through the days: what changes at midnight, then so many looks of rules at hours of no pattern."""
    verbs.set_limits(limits=limits, by=cast.owner, at=NEW_YEAR)
    for day in range(days):
        midnight = NEW_YEAR + timedelta(days=day)
        with standings.deferred():
            _changes(cast, midnight)
        hours = sorted(cast.dice.sample(range(1, 24), looks))
        for hour in hours:
            at = midnight + timedelta(hours=hour, minutes=cast.dice.randint(0, 59))
            if hour == hours[0] and day % 2 == 0:
                occasions.find_occasions(at)
            if known.is_any_due(at):
                occasions.ask_due(at)
            while dispatch.send_due(at):
                pass


def _changes(cast, at):
    for how_often, change in (
        (DEPARTURES, _leaves),
        (SPARED, _is_spared),
        (STAGE_CHANGES, _goes_on),
        (SEAT_CHANGES, _grows),
        (NEWCOMERS, _comes),
    ):
        wanted = how_often * Customer.objects.count()
        for _ in range(int(wanted + cast.dice.random())):
            change(cast, at)


def _somebody(dice):
    there = Contact.objects.filter(left_on=None, unsubscribed_at=None).order_by("pk")
    return there.select_related("customer__owner")[dice.randrange(there.count())]


def _some_customer(dice):
    return Customer.objects.order_by("pk")[dice.randrange(Customer.objects.count())]


def _leaves(cast, at):
    person = _somebody(cast.dice)
    contacts.leave(contact=person, left_on=at.date(), by=cast.manager, at=at)


def _is_spared(cast, at):
    person = _somebody(cast.dice)
    if cast.dice.random() < 0.5:
        contacts.unsubscribe(contact=person, by=cast.manager, at=at)
        return
    suppressions.suppress(
        address=person.email,
        scope=cast.dice.choice(["surveys", "education", "all"]),
        cause=cast.dice.choice(["bounced", "complained"]),
        by=Person.objects.system(),
        at=at,
        contact=person,
    )


def _goes_on(cast, at):
    customer, stage = _some_customer(cast.dice), cast.dice.choice(STAGES)
    customers.edit(customer=customer, stage=stage, by=cast.manager, at=at)


def _grows(cast, at):
    today = at.date()
    running = Contract.objects.filter(starts_on__lte=today, ends_on__gte=today).order_by("pk")
    term = running.select_related("customer__owner")[cast.dice.randrange(running.count())]
    contracts.edit(contract=term, seats=cast.dice.choice([8, 30, 90]), by=cast.manager, at=at)


def _comes(cast, at):
    customer = _some_customer(cast.dice)
    number = Contact.objects.count()
    newcomer = contacts.add(
        customer=customer,
        name=f"Newcomer {number}",
        email=f"n{number}@year.test",
        role=cast.dice.choice(ROLES),
        joined_on=at.date(),
        key=f"n{number}",
        by=cast.manager,
        at=at,
    )
    zone = cast.dice.choice(ZONES)
    Contact.objects.filter(pk=newcomer.pk).update(time_zone=zone)
