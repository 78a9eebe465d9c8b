"""Stored measures: immutable, in versions, read by a few small queries."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.models import Customer
from arbiter.metrics.actions import snapshots
from arbiter.metrics.models import MeasureSnapshot, NameList, Preset
from arbiter.metrics.queries import gathering, lifetimes
from arbiter.metrics.queries import snapshots as read
from arbiter.metrics.rules import end_of
from tests.metrics.company import JUNE, leaves, noon, picture, stays
from tests.world import AUGUST

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 31)


def book():
    for number in range(6):
        stays(f"Kept {number}", segment="SMB")
    leaves("Gone", segment="Enterprise", arr=500)
    leaves("Nowhere", arr=700)


def store(day=JUNE, at=AUGUST):
    return snapshots.store(picture(day), at=at)


def test_everybody_and_each_segment_is_stored_and_they_add_up():
    book()
    store()

    told = read.one("customer_retention", JUNE).by_scope

    assert [(scope.label, figure.count, figure.n) for scope, figure in told] == [
        ("All customers", 6, 8),
        ("Enterprise", 0, 1),
        ("SMB", 6, 6),
        ("No segment", 0, 1),
    ]
    assert [scope.key for scope in read.scopes(JUNE)] == [
        "",
        "segment:Enterprise",
        "segment:SMB",
        "segment:",
    ]


def test_one_segment_for_all_is_not_told_twice():
    stays("Alone", segment="SMB")
    store()

    assert [scope.key for scope in read.scopes(JUNE)] == [""]


def test_what_differs_gets_a_later_version_and_the_earlier_stays():
    book()
    store()
    leaves("Late", segment="SMB")

    store()

    figure = read.figure("customer_retention", JUNE)
    assert (figure.version, figure.n) == (2, 9)
    rows = MeasureSnapshot.objects.filter(measure="customer_retention", scope="")
    assert [row.n for row in rows.order_by("version")] == [8, 9]
    assert read.figure("nps", JUNE).version == 1


def test_a_segment_that_is_gone_is_forgotten():
    book()
    store()
    Customer.objects.filter(segment="Enterprise").update(segment="SMB")

    store()

    assert "segment:Enterprise" not in [scope.key for scope in read.scopes(JUNE)]
    found = read.one("customer_retention", JUNE)
    told = {scope.label: figure.n for scope, figure in found.by_scope}
    assert told == {"All customers": 8, "SMB": 7, "No segment": 1}


def test_where_nobody_is_left_nothing_is_told():
    book()
    store()
    Customer.objects.all().delete()

    store()

    assert read.newest_day() is None
    assert not NameList.objects.exists()


def test_what_no_longer_fits_the_business_is_forgotten():
    book()
    store()
    Preset.objects.create(business_model="monthly", at=noon(JUNE))

    store()

    assert "renewal_rate" not in read.board(JUNE)
    assert not NameList.objects.filter(measure="renewal_rate").exists()


def test_a_snapshot_is_never_changed():
    book()
    store()

    for noun in (MeasureSnapshot, NameList):
        with pytest.raises(IntegrityError), transaction.atomic():
            noun.objects.update(version=9)


def test_the_board_costs_one_query_and_so_do_trends_up_to_a_day():
    book()
    store(MAY)
    store(JUNE)

    with CaptureQueriesContext(connection) as asked:
        board = read.board(JUNE, scope="segment:SMB")
    assert len(asked) == 1
    assert board["customer_retention"].n == 6
    with CaptureQueriesContext(connection) as asked:
        trends = read.trends(scope="segment:SMB", until=JUNE)
    assert len(asked) == 1
    assert trends == read.trends(scope="segment:SMB")
    assert [figure.at for figure in trends["customer_retention"]] == [MAY, JUNE]
    assert trends["customer_retention"][0].details == {}


def test_the_board_with_the_way_of_some_of_it_costs_one_query():
    book()
    store(MAY)
    store(JUNE)

    with CaptureQueriesContext(connection) as asked:
        board, ways = read.board_with_trends(JUNE, names=["customer_retention"])

    assert len(asked) == 1
    assert board == read.board(JUNE)
    assert [each.day for each in ways["customer_retention"]] == [MAY, JUNE]
    assert [each.day for each in ways["nps"]] == [JUNE]
    _, every_way = read.board_with_trends(JUNE, scope="segment:SMB")
    assert [each.day for each in every_way["nps"]] == [MAY, JUNE]


def test_one_measure_with_its_way_and_its_segments_costs_one_query():
    book()
    store(MAY)
    store(JUNE)
    leaves("Late", segment="SMB")
    store(JUNE)

    with CaptureQueriesContext(connection) as asked:
        told = read.one("customer_retention", JUNE, scope="segment:SMB")

    assert len(asked) == 1
    assert told.figure == read.figure("customer_retention", JUNE, scope="segment:SMB")
    assert (told.figure.version, told.figure.n) == (2, 7)
    assert [(each.day, each.n) for each in told.points] == [(MAY, 6), (JUNE, 7)]
    long = {scope.label for scope, figure in told.by_scope if figure.details}
    assert long == {"SMB"}


def test_one_measure_where_it_was_not_computed_has_no_figure():
    book()
    store(MAY)

    told = read.one("customer_retention", JUNE)

    assert (told.figure, told.by_scope) == (None, ())
    assert [each.day for each in told.points] == [MAY]


def test_the_newest_day_with_its_scopes_costs_one_query():
    book()
    store(MAY)
    Customer.objects.filter(segment="Enterprise").update(segment="SMB")
    store(JUNE)

    with CaptureQueriesContext(connection) as asked:
        day, scopes = read.newest()

    assert len(asked) == 1
    assert day == JUNE
    assert [scope.label for scope in scopes] == ["All customers", "SMB", "No segment"]


def test_a_trend_ends_on_the_day_itself():
    book()
    for day in (date(2026, 4, 30), MAY, date(2026, 6, 12)):
        store(day)

    found = read.trend("customer_retention", months=2)

    assert [figure.day for figure in found] == [date(2026, 4, 30), MAY, date(2026, 6, 12)]
    assert [figure.day for figure in read.trend("nps", until=MAY, months=1)] == [MAY]
    assert read.trend("nps", until=date(2020, 1, 1)) == []


def test_the_day_for_a_wanted_one_is_the_last_before():
    book()
    store(MAY)

    assert read.day_for(JUNE) == MAY
    assert read.day_for(None) == MAY
    assert read.day_for(date(2026, 5, 30)) is None
    assert read.figure("nps", JUNE) is None


def test_before_the_first_time_there_is_nothing():
    assert read.newest_day() is None
    assert read.newest() is None
    assert read.days() == []
    assert read.trends() == {}


def test_lifetime_value_is_told_from_the_store():
    book()
    store()

    told = lifetimes.stored(JUNE)

    assert told.details["lifetime"]["refusal"].startswith("Not enough churn")


def test_reading_the_company_costs_as_many_queries_for_many_as_for_few(
    django_assert_num_queries,
):
    book()
    with CaptureQueriesContext(connection) as few:
        gathering.on_file([end_of(JUNE)])
    for number in range(40):
        stays(f"More {number}")

    with django_assert_num_queries(len(few)):
        gathering.on_file([end_of(JUNE)])
    with CaptureQueriesContext(connection) as two:
        gathering.on_file([end_of(MAY), end_of(JUNE)])
    # A moment more costs the same few small queries each time, however many customers there are.
    with django_assert_num_queries(2 * len(two) - len(few)):
        gathering.on_file([end_of(date(2026, 4, 30)), end_of(MAY), end_of(JUNE)])
