"""Lists of customers by their usage: pages by key, within reach, and choices that the database cannot make."""

from datetime import datetime, timedelta

import pytest

from arbiter.accounts.models import Customer
from arbiter.usage.actions import behaviour_sets, features
from arbiter.usage.models import Completion, FeatureStanding, UsageStanding
from arbiter.usage.queries import lists
from arbiter.usage.queries.lists import Place
from tests.world import JUNE, MARCH


def count(customer, events, **more):
    return UsageStanding.objects.create(
        customer=customer, until=JUNE.date(), as_of=JUNE, events_28d=events, **more
    )


@pytest.fixture
def seven(world):
    """Seven customers of Ada's with 3, 3, 3, 2, 2, 1 and no events."""
    for number, events in enumerate((3, 3, 3, 2, 2, 1, 0)):
        each = Customer.objects.create(key=f"c{number}", name=f"C{number}", owner=world.ada)
        count(each, events, segment="Large" if number % 2 else "")
    return world


def names(page):
    return [row.customer.name for row in page.rows]


def test_a_list_is_walked_forth_and_back_by_its_keys(seven):
    def page(**place):
        told = {name: str(value) for name, value in place.items()}
        return lists.page(lists.busiest(seven.ada), by="events_28d", size=3, **told)

    first = page()
    second = page(after=first.after)
    third = page(after=second.after)

    assert names(first) + names(second) + names(third) == [f"C{number}" for number in range(7)]
    assert (first.before, third.after) == (None, None)
    assert names(page(before=third.before)) == names(second)
    assert names(page(before=second.before)) == names(first)
    assert page(before=second.before).before is None


def test_a_place_is_read_back_and_what_is_none_is_the_beginning(seven):
    moment = Place(JUNE, 7)
    assert Place.parse(str(moment)) == moment
    for text in (
        "",
        "3",
        "x_1",
        "3_x",
        f"{datetime(2026, 6, 1)}_1",
        f"{'9' * 19}_1",
        "1_" + "9" * 19,
    ):
        assert Place.parse(text) is None
    found = lists.busiest(seven.ada)

    assert names(lists.page(found, by="events_28d", after=str(moment)))[0] == "C0"


def test_a_segment_and_activity_narrow_a_list(seven):
    def listed(found):
        return names(lists.page(found, by="events_28d"))

    assert listed(lists.busiest(seven.ada, segment="Large")) == ["C1", "C3", "C5"]
    assert listed(lists.active(seven.mona))[-1] == "C5"
    assert listed(lists.idle(seven.mona)) == ["C6"]
    assert listed(lists.busiest(seven.quinn)) == []
    Customer.objects.filter(name="C6").update(archived_at=JUNE)
    assert listed(lists.idle(seven.mona)) == []


def test_a_feature_lists_who_uses_it_and_who_is_active_without(seven):
    search = features.name(name="Search", events=["Search"], by=seven.ada, at=MARCH)
    for number, events in ((0, 9), (1, 4), (2, 0)):
        FeatureStanding.objects.create(
            feature=search,
            customer=Customer.objects.get(key=f"c{number}"),
            users=number + 1,
            events=events,
            active_days=1,
        )

    assert names(lists.page(lists.using(seven.ada, search), by="users")) == ["C1", "C0"]
    idle = lists.page(lists.without(seven.ada, search), by="events_28d")
    assert names(idle) == ["C2", "C3", "C4", "C5"]
    assert not lists.using(seven.ada, search, segment="Small").exists()


def test_a_set_lists_who_completed_it_the_latest_first_and_who_did_not(seven):
    rule = {"of": [{"event": "x"}]}
    found = behaviour_sets.define(name="Set", rule=rule, by=seven.ada, at=MARCH)
    large = behaviour_sets.define(
        name="Large", rule=rule, segment="Large", stage="trial", by=seven.ada, at=MARCH
    )
    for number in (0, 1, 2):
        Completion.objects.create(
            behaviour_set=found,
            customer=Customer.objects.get(key=f"c{number}"),
            first_at=MARCH + timedelta(days=number),
        )
    Customer.objects.filter(key="c5").update(stage="trial")

    first = lists.page(lists.completed(seven.ada, found), by="first_at", size=2)
    assert names(first) == ["C2", "C1"]
    rest = lists.page(
        lists.completed(seven.ada, found), by="first_at", size=2, after=str(first.after)
    )
    assert names(rest) == ["C0"]
    missing = lists.page(lists.not_completed(seven.ada, found), by="events_28d")
    assert names(missing) == ["C3", "C4", "C5", "C6"]
    assert names(lists.page(lists.not_completed(seven.ada, large), by="events_28d")) == ["C5"]


def test_a_walk_stops_at_a_full_page_and_goes_on_there(seven):
    def odd(rows):
        return [row for row in rows if int(row.customer.name[1:]) % 2]

    def walk(**more):
        found = lists.busiest(seven.ada)
        return lists.walk(found, odd, by="events_28d", size=2, look=3, **more)

    first = walk()
    assert names(first) == ["C1", "C3"]
    assert names(walk(after=str(first.after))) == ["C5"]
    assert walk(after=str(first.after)).after is None


def test_a_walk_that_finds_too_few_says_where_to_go_on(seven):
    page = lists.walk(
        lists.busiest(seven.ada), lambda rows: [], by="events_28d", size=2, look=2, most=2
    )

    assert (page.rows, page.after.value) == ([], 2)
