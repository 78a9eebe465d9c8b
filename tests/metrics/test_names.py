"""Who stands behind a number, as far as a person may see them."""

import zlib
from datetime import date

import pytest

from arbiter.accounts.models import Customer
from arbiter.metrics import packing
from arbiter.metrics.actions import snapshots
from arbiter.metrics.models import NameList
from arbiter.metrics.queries import names
from tests.metrics.company import JUNE, leaves, picture, stays
from tests.world import AUGUST


@pytest.fixture
def lost(world):
    """Five customers went: two of Ada's, one of Quinn's, two of nobody's."""
    owners = [world.ada, world.quinn, None, world.ada, None]
    for number, owner in enumerate(owners):
        leaves(f"Gone {number}", arr=1000 - number, owner=owner, segment="AB"[number % 2])
    stays("Kept")
    snapshots.store(picture(), at=AUGUST)
    return world


def lost_list():
    return next(
        each for each in names.parts("customer_retention", JUNE) if each.part.kind == "lost"
    )


def page(person, **more):
    return names.page(person, lost_list(), **more)


def listed(found):
    return [row.customer.name for row in found.rows]


def test_the_most_telling_come_first_with_what_they_paid(lost):
    found = page(lost.mona)

    assert listed(found) == ["Gone 0", "Gone 1", "Gone 2", "Gone 3", "Gone 4"]
    assert [row.value for row in found.rows] == [1000, 999, 998, 997, 996]
    assert (found.total, found.after, found.before) == (5, None, None)


def test_names_are_told_by_reach_while_the_total_is_the_company_s(lost):
    found = page(lost.ada)

    assert listed(found) == ["Gone 0", "Gone 2", "Gone 3", "Gone 4"]
    assert (found.total, found.reachable) == (5, 4)


def test_pages_follow_one_another_without_gap_or_overlap(lost):
    seen, after = [], None
    while True:
        found = page(lost.ada, most=2, after=after)
        seen += listed(found)
        after = found.after
        if after is None:
            break

    assert seen == ["Gone 0", "Gone 2", "Gone 3", "Gone 4"]


def test_the_way_back_leads_over_the_same_pages(lost):
    Customer.objects.filter(name="Gone 1").delete()
    second = page(lost.mona, most=2, after=page(lost.mona, most=2).after)

    first = page(lost.mona, most=2, before=second.before)

    assert listed(second) == ["Gone 3", "Gone 4"]
    assert listed(first) == ["Gone 0", "Gone 2"]
    assert (first.before, first.after) == (None, 2)
    assert page(lost.mona, most=2, after=first.after) == second


def test_back_from_the_middle_leads_to_the_nearest_names(lost):
    found = page(lost.mona, most=2, before=4)

    assert listed(found) == ["Gone 2", "Gone 3"]
    assert (found.before, found.after) == (2, 3)


@pytest.mark.parametrize("before", [0, 1, 99])
def test_before_a_place_that_is_at_an_end_there_is_a_page_all_the_same(lost, before):
    found = page(lost.ada, before=before, most=2)

    assert (
        listed(found) == {99: ["Gone 3", "Gone 4"], 1: ["Gone 0"], 0: ["Gone 0", "Gone 2"]}[before]
    )


def test_behind_the_last_name_there_is_a_way_back(lost):
    found = page(lost.mona, after=99, most=2)

    assert (found.rows, found.after) == ((), None)
    assert listed(page(lost.mona, before=found.before, most=2)) == ["Gone 3", "Gone 4"]


def test_a_segment_s_names_alone(lost):
    assert listed(page(lost.mona, scope="segment:B")) == ["Gone 1", "Gone 3"]


def test_a_customer_that_is_gone_since_is_left_out(lost):
    Customer.objects.filter(name="Gone 0").delete()

    assert listed(page(lost.mona))[0] == "Gone 1"


def test_a_page_costs_two_queries_and_one_more_where_reach_is_narrow(
    lost, django_assert_num_queries
):
    stored = lost_list()
    with django_assert_num_queries(2):
        owners = [row.customer.owner for row in names.page(lost.mona, stored).rows]
    assert owners[:3] == ["Ada Arnold", "Quinn Quist", None]
    with django_assert_num_queries(3):
        names.page(lost.ada, stored)


def test_a_long_list_is_looked_through_by_parts(lost, monkeypatch):
    monkeypatch.setattr(names, "LOOKED_AT_ONCE", 2)
    monkeypatch.setattr(names, "MOST_LOOKED_AT", 2)

    def part(after):
        return page(lost.mona, scope="segment:B", after=after, most=1)

    first = part(None)
    assert listed(first) == ["Gone 1"]
    second = part(first.after)
    assert listed(second) == ["Gone 3"]
    last = part(second.after)
    assert (last.rows, last.after) == ((), None)


def test_where_nobody_is_found_for_long_the_page_ends_and_the_next_goes_on(lost, monkeypatch):
    monkeypatch.setattr(names, "MOST_LOOKED_AT", 2)

    found = page(lost.mona, scope="segment:nowhere", most=1)

    assert (found.rows, found.after) == ((), 1)


def test_the_parts_of_a_measure_with_their_counts(lost):
    found = [(each.part.label, each.customers) for each in names.parts("customer_retention", JUNE)]

    assert found == [
        ("Lost in the period", 5),
        ("Ended, and nobody recorded how", 0),
        ("Kept", 1),
    ]
    assert names.parts("health_score", JUNE) == []


def test_a_day_that_was_not_measured_has_no_names(lost):
    assert names.parts("customer_retention", date(2020, 1, 31)) == []


def test_a_part_without_anybody_has_an_empty_page(lost):
    empty = names.parts("customer_retention", JUNE)[1]

    found = names.page(lost.mona, empty)

    assert (found.rows, found.after, found.before, found.total) == ((), None, None, 0)


def test_a_list_that_was_packed_in_one_piece_is_still_read(lost):
    new = NameList.objects.get(measure="customer_retention", part="lost")
    told = b"".join(each.tobytes() for each in packing.unpacked(new.packed[packing.HEAD :]))
    NameList.objects.create(
        measure=new.measure,
        part=new.part,
        as_of=new.as_of,
        version=2,
        customers=new.customers,
        packed=zlib.compress(told),
    )

    for person in (lost.mona, lost.ada):
        assert listed(page(person))[0] == "Gone 0"
    assert listed(page(lost.mona, after=2)) == ["Gone 3", "Gone 4"]


def test_a_later_version_of_the_names_counts(lost):
    leaves("Late", arr=5000)
    snapshots.store(picture(), at=AUGUST)

    assert listed(page(lost.mona))[0] == "Late"
