"""How much of what they have people use: seats, features, and how long it takes them to get there."""

from datetime import date, timedelta

import pytest

from arbiter.accounts.models import Contract, Signal
from arbiter.metrics.queries import measures
from arbiter.metrics.rules import BusinessModel, end_of
from arbiter.outcomes.models import Milestone
from arbiter.usage.models import BehaviourSet, UsageStanding
from tests.metrics.company import JUNE, customer, measure, names, noon, picture, stays

pytestmark = pytest.mark.django_db

USERS, BREADTH = "usage_active_users_28d", "usage_breadth"
MAY = date(2026, 5, 31)


def has(name, *, seats=None, users=None, breadth=None, on=JUNE, **more):
    """A customer that stays, with seats, and what was counted of its people on a day."""
    found = stays(name, **more)
    Contract.objects.filter(customer=found).update(seats=seats)
    for called, value in ((USERS, users), (BREADTH, breadth)):
        if value is not None:
            count(found, value, called, on=on)
    return found


def count(of, value, name=USERS, *, on=JUNE, learnt=None):
    """A number of a day, known at its end unless it was `learnt` at another moment."""
    at = end_of(on)
    Signal.objects.create(customer=of, name=name, at=at, value=value, recorded_at=learnt or at)


def test_seats_in_use_are_people_on_seats_of_those_of_whom_both_are_known():
    has("Harbour", seats=40, users=10)
    has("Quay", seats=20, users=25)
    has("Pier", seats=10)
    has("Dock", users=5)
    has("Idle")
    seen = picture()

    found = measure("adoption", seen=seen)

    assert (found.estimate.value, found.count, found.estimate.n) == (0.5, 30, 60)
    assert found.estimate.low < 0.5 < found.estimate.high
    assert found.estimate.note == (
        "The seats of 2 customers. Left out, since their seats or their people are not known: 2."
    )
    assert names(found, "below_half", seen) == ["Harbour"]
    assert names(found, "on_their_seats", seen) == ["Quay"]
    assert names(found, "unknown", seen) == ["Pier", "Dock"]


def test_the_least_used_seats_come_first():
    has("Some", seats=10, users=3)
    has("None", seats=10, users=0)
    seen = picture()

    assert names(measure("adoption", seen=seen), "below_half", seen) == ["None", "Some"]


def test_below_twenty_seats_are_counted_and_not_a_percentage():
    has("Harbour", seats=10, users=3)

    found = measure("adoption")

    assert found.estimate.shows_counts
    assert (found.count, found.estimate.n) == (3, 10)
    assert found.estimate.note == "The seats of one customer."


def test_without_seats_or_people_it_says_so():
    has("Harbour", seats=10)

    found = measure("adoption")

    assert found.estimate.value is None
    assert found.estimate.note.startswith("Of no customer")


def test_a_past_day_tells_what_was_known_then():
    harbour = has("Harbour", seats=10, users=8)
    count(harbour, 2, on=MAY)
    count(harbour, 9, on=MAY - timedelta(days=1), learnt=noon(JUNE))

    assert measure("adoption", MAY).count == 2
    assert measure("adoption", JUNE).count == 8
    assert measure("adoption", date(2026, 5, 30)).estimate.value is None


def test_of_two_counts_the_newest_holds_and_an_old_one_is_none():
    harbour = has("Harbour", seats=10, users=8)
    count(harbour, 1, on=JUNE - timedelta(days=7))
    has("Quay", seats=10, users=8, on=JUNE - timedelta(days=15))

    assert measure("adoption").count == 8


def test_a_segment_has_its_own_and_who_buys_without_contracts_none():
    has("Harbour", seats=10, users=8, segment="SMB")
    has("Quay", seats=10, users=0)
    seen = picture()

    assert measure("adoption", seen=seen.of(seen.segment == "SMB")).estimate.value == 0.8
    assert not measures.find("adoption").fits(BusinessModel.ORDERS)


def test_features_in_use_are_the_mean_over_active_customers():
    has("Harbour", users=3, breadth=0.25)
    has("Quay", users=1, breadth=0.75)
    has("Idle", users=0, breadth=0)
    seen = picture()

    found = measure("breadth", seen=seen)

    assert (found.estimate.value, found.estimate.n) == (0.5, 2)
    assert names(found, "below_half", seen) == ["Harbour"]
    assert names(found, "half_or_more", seen) == ["Quay"]


def test_where_no_feature_has_a_name_it_says_so():
    has("Harbour", users=3)

    assert measure("breadth").estimate.note.startswith("Nobody was active")


BEGAN = date(2026, 1, 1)


def began(name, *, value=None, on=BEGAN, segment="", first=BEGAN):
    """A customer that began; its people did what means value so many days later."""
    found = customer(name, since=on, segment=segment)
    UsageStanding.objects.create(
        customer=found,
        until=JUNE,
        as_of=end_of(JUNE),
        first_at=noon(first),
        first_value_at=None if value is None else noon(on + timedelta(days=value)),
    )
    return found


@pytest.fixture
def _value_set():
    """A set that means first value, for everybody."""
    BehaviourSet.objects.create(
        line=1, name="Two bills", rule={}, means_value=True, made_at=noon(BEGAN)
    )


@pytest.mark.usefixtures("_value_set")
def test_adopted_is_who_did_what_means_value_and_the_others_wait():
    for days in (10, 20, 30):
        began(f"After {days}", value=days)
    began("Waiting")
    began("Too early to be seen", value=4, on=date(2025, 12, 31))
    seen = picture()

    found = measure("time_to_adopt", seen=seen)

    assert (found.estimate.value, found.estimate.n) == (20, 4)
    assert (found.details["reached"], found.details["waiting"]) == (3, 1)
    assert found.estimate.note.startswith("There is who first completed the set")
    assert names(found, "waiting", seen) == ["Waiting"]


@pytest.mark.usefixtures("_value_set")
def test_on_a_past_day_a_later_completion_is_not_there_yet():
    began("There", value=10)
    began("Later", value=170)

    assert measure("time_to_adopt", MAY).details["reached"] == 1
    assert measure("time_to_adopt", JUNE).details["reached"] == 2


@pytest.mark.usefixtures("_value_set")
def test_who_was_there_before_anybody_was_seen_is_not_in_it():
    began("Early", value=10, first=date(2026, 3, 1))

    assert measure("time_to_adopt").estimate.note.startswith("Nobody whose usage is seen")


def test_without_a_set_for_anybody_the_path_tells():
    BehaviourSet.objects.create(
        line=1, name="Bills", rule={}, means_value=True, segment="SMB", made_at=noon(BEGAN)
    )
    harbour = began("Harbour", value=3, segment="Enterprise")
    Milestone.objects.create(
        key="m", customer=harbour, title="Step", done_at=noon(BEGAN + timedelta(days=40))
    )

    found = measure("time_to_adopt")

    assert found.estimate.note.startswith("There is who has done every step")
    assert found.estimate.value == 40
