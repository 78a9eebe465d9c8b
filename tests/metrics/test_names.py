"""Who stands behind a number, as far as a person may see them."""

from datetime import date

import pytest

from arbiter.accounts.models import Customer
from arbiter.metrics.actions import snapshots
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


def page(person, **more):
    return names.page(person, "customer_retention", "lost", JUNE, **more)


def listed(found):
    return [row.customer.name for row in found.rows]


def test_the_most_telling_come_first_with_what_they_paid(lost):
    found = page(lost.mona)

    assert listed(found) == ["Gone 0", "Gone 1", "Gone 2", "Gone 3", "Gone 4"]
    assert [row.value for row in found.rows] == [1000, 999, 998, 997, 996]
    assert (found.total, found.after) == (5, None)


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


def test_a_segment_s_names_alone(lost):
    assert listed(page(lost.mona, scope="segment:B")) == ["Gone 1", "Gone 3"]


def test_a_customer_that_is_gone_since_is_left_out(lost):
    Customer.objects.filter(name="Gone 0").delete()

    assert listed(page(lost.mona))[0] == "Gone 1"


def test_a_page_costs_two_queries_and_one_more_where_reach_is_narrow(
    lost, django_assert_num_queries
):
    with django_assert_num_queries(2):
        page(lost.mona)
    with django_assert_num_queries(3):
        page(lost.ada)


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
    found = [(part.label, count) for part, count in names.kinds("customer_retention", JUNE)]

    assert found == [
        ("Lost in the period", 5),
        ("Ended, and nobody recorded how", 0),
        ("Kept", 1),
    ]
    assert names.kinds("health_score", JUNE) == []


def test_a_day_that_was_not_measured_has_no_names(lost):
    assert names.page(lost.mona, "customer_retention", "lost", date(2020, 1, 31)).rows == ()


def test_a_later_version_of_the_names_counts(lost):
    leaves("Late", arr=5000)
    snapshots.store(picture(), at=AUGUST)

    assert listed(page(lost.mona))[0] == "Late"
