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

    told = read.by_scope("customer_retention", JUNE)

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
    told = {scope.label: figure.n for scope, figure in read.by_scope("customer_retention", JUNE)}
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


def test_the_board_costs_one_query_and_a_trend_two():
    book()
    store(MAY)
    store(JUNE)

    with CaptureQueriesContext(connection) as asked:
        board = read.board(JUNE, scope="segment:SMB")
    assert len(asked) == 1
    assert board["customer_retention"].n == 6
    with CaptureQueriesContext(connection) as asked:
        trends = read.trends(scope="segment:SMB")
    assert len(asked) == 2
    assert [figure.at for figure in trends["customer_retention"]] == [MAY, JUNE]
    assert trends["customer_retention"][0].details == {}


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
