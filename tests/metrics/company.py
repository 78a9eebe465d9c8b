"""Customers with contracts, written straight into the tables, and the picture of them on a day."""

from datetime import UTC, date, datetime
from decimal import Decimal

from arbiter.accounts.models import Contract, Customer, Renewal
from arbiter.metrics import catalogue
from arbiter.metrics.queries import gathering
from arbiter.metrics.rules import end_of

JUNE = date(2026, 6, 30)


def customer(name, *, segment="", since=None, owner=None, archived_at=None):
    """A customer without any contract."""
    return Customer.objects.create(
        key=name.lower(),
        name=name,
        segment=segment,
        since=since,
        owner=owner,
        archived_at=archived_at,
    )


def term(
    of,
    starts_on,
    ends_on,
    *,
    arr=1000,
    currency="EUR",
    decision="",
    new_arr=None,
    product="",
    **told,
):
    """A term of a customer; with a decision, known at its end unless told otherwise."""
    contract = Contract.objects.create(
        key=f"{of.key}-{starts_on}-{product}",
        customer=of,
        starts_on=starts_on,
        ends_on=ends_on,
        arr=None if arr is None else Decimal(arr),
        currency=currency if arr is not None else "",
        product=product,
    )
    if decision:
        decided_on = told.pop("decided_on", ends_on)
        Renewal.objects.create(
            contract=contract,
            decision=decision,
            decided_on=decided_on,
            recorded_at=told.pop("recorded_at", noon(decided_on)),
            new_arr=None if new_arr is None else Decimal(new_arr),
            **told,
        )
    return contract


def stays(name, *, arr=1000, new_arr=None, decision="renewed", currency="EUR", **more):
    """A customer whose last year ended in March and was followed by another."""
    found = customer(name, **more)
    term(
        found,
        date(2025, 4, 1),
        date(2026, 3, 31),
        arr=arr,
        new_arr=new_arr or arr,
        decision=decision,
        currency=currency,
    )
    term(found, date(2026, 4, 1), date(2027, 3, 31), arr=new_arr or arr, currency=currency)
    return found


def leaves(name, *, arr=1000, currency="EUR", churn_cause="", avoidable=None, **more):
    """A customer whose last year ended in March, and who went."""
    found = customer(name, **more)
    term(
        found,
        date(2025, 4, 1),
        date(2026, 3, 31),
        arr=arr,
        currency=currency,
        decision="churned",
        churn_cause=churn_cause,
        avoidable=avoidable,
    )
    return found


def noon(day):
    """The middle of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def picture(day=JUNE):
    """The company as it was known at the end of a day."""
    return gathering.on_file([end_of(day)]).picture(0)


def measure(name, day=JUNE, seen=None):
    """What a measure came to."""
    found = next(each for each in catalogue.everything() if each.name == name)
    return found.compute(seen or picture(day))


def names(found, part, seen):
    """The names of the customers behind a part, in order."""
    by_place = dict(enumerate(seen.ids.tolist()))
    known = Customer.objects.in_bulk()
    return [known[by_place[place]].name for place in found.behind[part].customer.tolist()]
