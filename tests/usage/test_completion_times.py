"""How long customers take to complete a set, counted with the snapshot and read without a customer."""

from datetime import date, datetime, time, timedelta

import numpy as np
import pytest

from arbiter.accounts.actions import customers
from arbiter.accounts.models import Contract, Customer
from arbiter.science.survival import time_to
from arbiter.usage.actions import behaviour_sets, completion_times, snapshots
from arbiter.usage.models import Completion, CompletionTimes, UsageStanding
from arbiter.usage.queries import reaching
from tests.usage.logged import did, done
from tests.world import JUNE, MARCH, MAY

UNTIL = date(2026, 5, 31)
BILLS = {"of": [{"event": "Invoice Sent"}]}


@pytest.fixture
def bills(world):
    """A set, and the first event of anybody on the first of March; whom the world has began long before."""
    UsageStanding.objects.create(customer=world.harbour, until=UNTIL, as_of=JUNE, first_at=MARCH)
    return behaviour_sets.define(name="Bills", rule=BILLS, by=world.ada, at=MARCH)


def began(key, since, found=None, first=None, **more):
    """A customer of a day, and when it completed a set."""
    each = Customer.objects.create(key=key, name=key.title(), since=since, **more)
    if first:
        at = datetime.combine(first, time(12), MARCH.tzinfo)
        Completion.objects.create(behaviour_set=found, customer=each, first_at=at)
    return each


def counts(found):
    completion_times.sum_up([found], until=UNTIL)
    return CompletionTimes.objects.get(behaviour_set=found).counts


def test_days_are_counted_from_the_start_to_the_completion_or_to_the_last_day(bills):
    began("a", date(2026, 5, 1), bills, date(2026, 5, 11))
    began("b", date(2026, 4, 1), bills, date(2026, 4, 11))
    began("c", date(2026, 5, 21))
    began("d", date(2026, 5, 30))

    assert counts(bills) == [[1, 0, 1], [10, 2, 1]]


def test_what_was_done_in_a_trial_was_there_on_the_first_day(bills):
    began("a", date(2026, 5, 10), bills, date(2026, 5, 1))

    assert counts(bills) == [[0, 1, 0]]


def test_what_is_completed_after_the_last_day_waits(bills):
    began("a", date(2026, 5, 21), bills, date(2026, 6, 3))

    assert counts(bills) == [[10, 0, 1]]


def test_who_began_before_anything_was_seen_or_after_the_last_day_is_not_in_it(bills):
    began("a", date(2026, 2, 28), bills, date(2026, 5, 1))
    began("b", date(2026, 6, 1))

    assert counts(bills) == []
    assert reaching.of(bills) is None


def test_a_first_term_is_the_start_where_no_first_day_is_known(bills, world):
    each = began("a", None, bills, date(2026, 5, 4))
    began("b", None)
    Contract.objects.create(
        key="k",
        customer=each,
        starts_on=date(2026, 5, 1),
        ends_on=date(2027, 5, 1),
        arr=1,
        currency="EUR",
    )

    assert counts(bills) == [[3, 1, 0]]


def test_only_those_are_in_it_whom_the_set_is_for(bills, world):
    own = behaviour_sets.define(
        name="Own", rule=BILLS, segment="Large", stage="Live", by=world.ada, at=MAY
    )
    began("a", date(2026, 5, 30), segment="Large", stage="Live")
    began("b", date(2026, 5, 30), segment="Large")
    began("c", date(2026, 5, 30), stage="Live")
    gone = began("d", date(2026, 5, 30), segment="Large", stage="Live")
    customers.archive(customer=gone, by=world.mona, at=MAY)

    assert counts(own) == [[1, 0, 1]]


def test_before_any_event_nothing_is_told(world):
    found = behaviour_sets.define(name="Bills", rule=BILLS, by=world.ada, at=MARCH)
    assert reaching.of(found) is None

    completion_times.sum_up([found], until=UNTIL)

    assert not CompletionTimes.objects.exists()


def test_the_curve_is_that_of_the_customers_one_by_one(bills):
    numbers = np.random.default_rng(7)
    ages, took = numbers.integers(0, 80, 60), numbers.integers(0, 90, 60)
    for place, (age, days) in enumerate(zip(ages.tolist(), took.tolist(), strict=True)):
        start = UNTIL - timedelta(days=age)
        first = start + timedelta(days=days)
        began(f"c{place}", start, bills, first if days < 70 else None)
    completion_times.sum_up([bills], until=UNTIL)

    found = reaching.of(bills)

    told = time_to(-ages, np.where(took < 70, took - ages, np.nan), 0)
    assert (found.told.reached, found.told.waiting) == (told.reached, told.waiting)
    assert found.began_after == MARCH.date()
    for column in ("time", "survival", "low", "high", "at_risk", "events"):
        np.testing.assert_allclose(
            getattr(found.told.curve, column), getattr(told.curve, column), rtol=1e-12
        )
    assert found.told.median == told.median


def test_all_sets_are_counted_by_one_reading_of_the_customers(
    bills, world, django_assert_num_queries
):
    more = [
        behaviour_sets.define(name=f"Set {number}", rule=BILLS, by=world.ada, at=MAY)
        for number in range(3)
    ]
    began("a", date(2026, 5, 1), bills, date(2026, 5, 11))

    with django_assert_num_queries(2 + 3 + 4 + 2):
        completion_times.sum_up([bills, *more], until=UNTIL)


def test_it_is_counted_with_the_snapshot_and_a_retired_set_keeps_its_numbers(world):
    found = behaviour_sets.define(name="Bills", rule=BILLS, by=world.ada, at=MARCH)
    Customer.objects.filter(pk=world.harbour.pk).update(since=MAY.date())
    did(done(at=MARCH, customer="quay", user="vic"), done(at=MAY + timedelta(days=3)))
    snapshots.perform(at=JUNE, clock=lambda: JUNE)
    assert reaching.of(found).told.median.value == 3

    behaviour_sets.retire(behaviour_set=found, by=world.ada, at=JUNE)
    snapshots.perform(at=JUNE, clock=lambda: JUNE)

    assert reaching.of(found).told.reached == 1
