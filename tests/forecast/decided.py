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
    for number in range(count):
        ends_on = FIRST_END + number * every
        one = customer(f"b{number:03}", segment=("Large", "Small")[number % 2])
        contract = term(one, ends_on)
        said = "no" if number % 4 == 3 else "yes"
        say(one, said, noon(ends_on - HEARD))
        score(one, (number * 37) % 100, noon(ends_on - HEARD))
        if believed:
            Belief.objects.create(
                contract=contract,
                at=noon(ends_on - HEARD),
                recorded_at=noon(ends_on - HEARD),
                probability="0.95",
            )
        decide(contract, "churned" if number % 8 == 3 else "renewed")
