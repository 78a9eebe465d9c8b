"""Lists of customers: filters with counts, orders, pages by key, short lists."""

import json
from base64 import urlsafe_b64encode
from contextlib import suppress
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arbiter.forecast.models import Standing
from arbiter.forecast.queries import facets, pages, standings
from arbiter.forecast.queries.facets import Facet
from arbiter.forecast.queries.standings import Filters
from tests.forecast.portfolio import stands
from tests.world import TODAY


@pytest.fixture
def book(world):
    """Eight customers with something to tell them apart."""
    stands(
        "Alder", intent="yes", days=40, arr="10", urgency=5, owner=world.ada, confirmed=1, goals=1
    )
    stands("birch", intent="no", days=20, arr="80", urgency=9, owner=world.ada, segment="Small")
    stands("Cedar", intent="no", days=90, arr="30", urgency=2, owner=world.quinn, segment="Small")
    stands("Dogwood", days=5, arr=None, urgency=7, goals=2, achieved_not_known=2)
    stands("Elder", days=None, arr=None, urgency=0, stage="trial")
    stands("Fir", intent="not_sure", days=20, arr="80", urgency=9, only_friendly=True, goals=1)
    stands("Ginkgo", intent="no_reply", days=-9, arr="50", urgency=9, active_no_result=True)
    stands("Hazel", days=60, archived=True, owner=world.ada)
    return world


def names(found):
    return sorted(row.name for row in found)


def listed(world, **filters):
    return names(standings.filtered(world.mona, Filters(**filters), as_of=TODAY))


@pytest.mark.parametrize(
    ("filters", "seen"),
    [
        ({"intents": frozenset({"no", "not_sure"})}, ["Cedar", "Fir", "birch"]),
        ({"segments": frozenset({"Small"})}, ["Cedar", "birch"]),
        ({"stages": frozenset({"trial"})}, ["Elder"]),
        ({"within_days": 30}, ["Dogwood", "Fir", "birch"]),
        ({"overdue": True}, ["Ginkgo"]),
        ({"words": "BIR"}, ["birch"]),
        ({"words": "cedar"}, ["Cedar"]),
        ({"picked": frozenset({"achieved_not_known"})}, ["Dogwood"]),
        ({"picked": frozenset({"no_goal", "only_friendly"})}, []),
        ({"picked": frozenset({"no_belief"}), "within_days": 10}, ["Dogwood"]),
        ({"archived": True}, ["Hazel"]),
        ({"unowned": True, "within_days": 10}, ["Dogwood"]),
    ],
)
def test_filters_narrow_the_list(book, filters, seen):
    assert listed(book, **filters) == seen


def test_owners_and_nobody_can_be_chosen_together(book):
    chosen = {"owners": frozenset({book.quinn.pk}), "unowned": True, "within_days": 100}

    assert listed(book, **chosen) == ["Cedar", "Dogwood", "Fir"]


@pytest.mark.parametrize("name", standings.LISTS)
def test_every_list_can_be_asked_for(book, name):
    assert set(listed(book, picked=frozenset({name}))) <= set(names(Standing.objects.all()))


def test_nobody_sees_standings_out_of_reach(book):
    assert "Cedar" not in names(standings.visible_to(book.ada))
    assert "Cedar" in names(standings.visible_to(book.quinn))
    assert "birch" not in names(standings.visible_to(book.quinn))


def test_facets_count_what_each_choice_would_show(book):
    chosen = Filters(intents=frozenset({"no"}), segments=frozenset({"Small"}))

    told = facets.of(book.mona, chosen, as_of=TODAY, currency="EUR")

    assert told.total == Facet(2, 110)
    assert {name: facet.customers for name, facet in told.intents.items()} == {
        "no": 2,
        "not_sure": 0,
        "no_reply": 0,
        "never_asked": 0,
        "yes": 0,
        "sealed": 0,
    }
    assert told.segments == {"Small": Facet(2, 110)}
    assert told.owners == {book.ada.pk: Facet(1, 80), book.quinn.pk: Facet(1, 30)}


def test_a_facet_is_not_narrowed_by_its_own_choice(book):
    told = facets.of(book.mona, Filters(intents=frozenset({"yes"}), unowned=True), as_of=TODAY)

    assert told.total.customers == 0
    assert told.intents["not_sure"].customers == 1
    assert told.owners[book.ada.pk].customers == 1


def test_facets_agree_with_the_list(book):
    for intent in ("no", "yes", "never_asked"):
        filters = Filters(intents=frozenset({intent}))
        told = facets.of(book.mona, filters, as_of=TODAY)

        assert told.total.customers == len(listed(book, intents=frozenset({intent})))


def test_short_lists_name_the_most_urgent_first(book):
    stands("Yew", achieved_not_known=1, urgency=8)

    lists = {each.name: each for each in standings.short_lists(book.mona, most=1)}

    assert list(lists) == list(standings.SHORT_LISTS)
    assert lists["achieved_not_known"].count == 2
    assert [row.name for row in lists["achieved_not_known"].rows] == ["Yew"]
    assert [row.name for row in lists["only_friendly"].rows] == ["Fir"]
    assert lists["stale_goals"].rows == []


def test_standings_behind_a_door_are_found_by_customer(book):
    fir = Standing.objects.get(name="Fir")

    assert standings.of_customers([fir.pk]) == {fir.pk: fir}


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("urgency", "birch Fir Ginkgo Dogwood Alder Cedar Elder"),
        ("answer", "birch Cedar Fir Ginkgo Dogwood Elder Alder"),
        ("name", "Alder birch Cedar Dogwood Elder Fir Ginkgo"),
        ("renews", "Ginkgo Dogwood birch Fir Alder Cedar Elder"),
        ("arr", "birch Fir Ginkgo Cedar Alder Dogwood Elder"),
    ],
)
def test_each_order_puts_what_is_unknown_last(book, sort, order):
    found = standings.visible_to(book.mona).filter(archived=False)

    rows = pages.page(found, sort=sort).rows

    assert [row.name for row in rows] == order.split()


@pytest.mark.parametrize("sort", pages.SORTS)
@pytest.mark.parametrize("size", [1, 3, 7, 50])
def test_pages_show_everybody_once_forward_and_back(book, sort, size):
    found = standings.visible_to(book.mona)
    whole = [row.pk for row in pages.page(found, sort=sort, size=100).rows]

    forward, seen, page = [], [], pages.page(found, sort=sort, size=size)
    while True:
        forward.append([row.pk for row in page.rows])
        if not page.next:
            break
        page = pages.page(found, sort=sort, size=size, after=page.next)
    while True:
        seen.insert(0, [row.pk for row in page.rows])
        if not page.previous:
            break
        page = pages.page(found, sort=sort, size=size, before=page.previous)

    assert list(chain(*forward)) == whole
    assert list(chain(*seen)) == whole
    assert all(len(part) == size for part in forward[:-1])


def test_of_nothing_there_is_one_empty_page(world):
    assert pages.page(Standing.objects.none(), sort="answer") == pages.Page([], "", "")


def cursor_of(told):
    return urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "!!",
        "e",
        cursor_of({}),
        cursor_of([0, "abc", 1]),
        cursor_of([0, None, 1]),
        cursor_of([9, "2026-01-01", 1]),
        cursor_of([-1, "2026-01-01", 1]),
        cursor_of([0, "2026-01-01", "x"]),
        cursor_of(["0", "2026-01-01", 1]),
        cursor_of([0, "2026-01-01"]),
    ],
)
def test_a_cursor_of_another_making_is_refused_in_words(db, cursor):
    with pytest.raises(pages.CursorInvalid, match="start from the first page"):
        pages.page(Standing.objects.all(), sort="renews", after=cursor)


anything = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)


@given(told=st.lists(anything, min_size=2, max_size=4), sort=st.sampled_from(list(pages.SORTS)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_whatever_stands_in_an_address_it_is_a_page_or_a_refusal(db, told, sort):
    with suppress(pages.CursorInvalid):
        assert pages.page(Standing.objects.all(), sort=sort, after=cursor_of(told)).rows == []
