"""A book of decided renewals, for tests of what is learnt from them and how forecasts are judged by them."""

from datetime import UTC, date, datetime, time, timedelta

from arbiter.accounts.models import Contact, Contract, Customer, Renewal, Signal
from arbiter.forecast.models import Belief
from arbiter.voice.models import Answer

TERM = timedelta(days=364)
FIRST_END = date(2024, 3, 1)
HEARD = timedelta(days=200)


def noon(on):
    return datetime.combine(on, time(12), UTC)


def customer(key, **more):
    """A customer with somebody who decides."""
    made = Customer.objects.create(key=key, name=key.title(), **more)
    Contact.objects.create(key=f"{key}-boss", customer=made, name="Boss", role="decision_maker")
    return made


def term(of, ends_on, *, starts_on=None, **more):
    """A contract of a customer, of a year unless told."""
    return Contract.objects.create(
        key=f"{of.key}-{ends_on:%y%m%d}",
        customer=of,
        starts_on=starts_on or ends_on - TERM,
        ends_on=ends_on,
        arr=1_000,
        currency="EUR",
        **more,
    )


def decide(contract, decision="renewed", *, on=None, recorded_at=None):
    """How a term ended: on its last day, and known at once, unless told."""
    on = on or contract.ends_on
    return Renewal.objects.create(
        contract=contract,
        decision=decision,
        decided_on=on,
        recorded_at=recorded_at or noon(on),
    )


def say(of, value, at, *, recorded_at=None):
    """Whoever decides answers whether they will continue."""
    boss = Contact.objects.get(key=f"{of.key}-boss")
    return Answer.objects.create(
        contact=boss, kind="intent", value=value, at=at, recorded_at=recorded_at or at
    )


def score(of, value, at, *, name="health_score", recorded_at=None):
    """A dated number of a customer."""
    return Signal.objects.create(
        customer=of, name=name, at=at, recorded_at=recorded_at or at, value=value
    )


def book(count, *, every=timedelta(days=9), believed=False):
    """So many customers, each with one decided term; every fourth said no, and half of those left.

    The health score tells nothing. The last one ends `count × every` after March 2024.
    """
    ends = [FIRST_END + number * every for number in range(count)]
    heard = [noon(ends_on - HEARD) for ends_on in ends]
    customers = Customer.objects.bulk_create(
        Customer(key=f"b{number:03}", name=f"B{number:03}", segment=("Large", "Small")[number % 2])
        for number in range(count)
    )
    bosses = Contact.objects.bulk_create(
        Contact(key=f"{each.key}-boss", customer=each, name="Boss", role="decision_maker")
        for each in customers
    )
    contracts = Contract.objects.bulk_create(
        Contract(
            key=f"{each.key}-{ends_on:%y%m%d}",
            customer=each,
            starts_on=ends_on - TERM,
            ends_on=ends_on,
        )
        for each, ends_on in zip(customers, ends, strict=True)
    )
    Answer.objects.bulk_create(
        Answer(contact=boss, kind="intent", value=_said(number), at=at, recorded_at=at)
        for number, (boss, at) in enumerate(zip(bosses, heard, strict=True))
    )
    Signal.objects.bulk_create(
        Signal(customer=each, name="health_score", value=number * 37 % 100, at=at, recorded_at=at)
        for number, (each, at) in enumerate(zip(customers, heard, strict=True))
    )
    Belief.objects.bulk_create(
        Belief(contract=each, at=at, recorded_at=at, probability="0.95")
        for each, at in zip(contracts, heard, strict=True)
        if believed
    )
    Renewal.objects.bulk_create(
        Renewal(
            contract=each,
            decision="churned" if number % 8 == 3 else "renewed",
            decided_on=each.ends_on,
            recorded_at=noon(each.ends_on),
        )
        for number, each in enumerate(contracts)
    )


def _said(number):
    return "no" if number % 4 == 3 else "yes"
