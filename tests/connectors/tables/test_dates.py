"""Dates in the forms that exports write."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.connectors.tables.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    DateEvidence,
    Unreadable,
    read_date,
    read_instant,
)

LAST_OF_JANUARY = date(2027, 1, 31)


@pytest.mark.parametrize(
    "cell",
    [
        "2027-01-31", "2027-1-31", "2027/01/31", "20270131", "2027-01-31 09:30", "2027-01-31T09:30:00.000+0000",
        "2027-01-31T09:30:00Z", "1/31/2027", "31/01/2027", "31.01.2027", "31.1.27", "31. 1. 2027", "1/31/27",
        "31-01-2027", "1/31/2027 2:30 PM", "31 Jan 2027", "31-Jan-2027", "31-Jan-27", "Jan 31, 2027",
        "January 31 2027", "31st January 2027", "31. Januar 2027", "31 janv. 2027", "31 de enero de 2027",
        "Sunday, 31 January 2027", " 2027-01-31 ",
    ],
)  # fmt: skip
def test_every_usual_form_of_a_date_is_read(cell):
    assert read_date(cell) == LAST_OF_JANUARY


def test_the_order_decides_only_what_is_doubtful():
    assert read_date("03/04/2027", DAY_FIRST) == date(2027, 4, 3)
    assert read_date("03/04/2027", MONTH_FIRST) == date(2027, 3, 4)
    assert read_date("03.04.2027", MONTH_FIRST) == date(2027, 4, 3)
    assert read_date("1/31/2027", DAY_FIRST) == LAST_OF_JANUARY


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("3/15/2024 2:30 PM", datetime(2024, 3, 15, 14, 30, tzinfo=UTC)),
        ("3/15/2024 12:05 am", datetime(2024, 3, 15, 0, 5, tzinfo=UTC)),
        ("2024-03-15 14:30:59", datetime(2024, 3, 15, 14, 30, 59, tzinfo=UTC)),
        ("2024-03-15", datetime(2024, 3, 15, tzinfo=UTC)),
    ],
)
def test_a_time_of_day_is_kept(cell, moment):
    assert read_instant(cell) == moment


def test_a_zone_is_kept():
    assert read_instant("2024-03-15T14:30:00+02:00").utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("46053", "day number of a spreadsheet"),
        ("31/02/2027", "no day of the calendar"),
        ("13/13/2027", "no day of the calendar"),
        ("2027-01", "names no single day"),
        ("Q1 2027", "names no single day"),
        ("Jan 2027", "names no single day"),
        ("TBD", "is not a date"),
        ("1/31/2027 25:00", "names no time of the day"),
    ],
)
def test_what_is_no_day_says_why(cell, says):
    with pytest.raises(Unreadable, match=says):
        read_date(cell)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2027", "31/01/2027"], DAY_FIRST),
        (["03/04/2027", "1/31/2027"], MONTH_FIRST),
        (["03/04/2027", "05/06/2027"], None),
        (["31/01/2027", "1/31/2027", "03/04/2027"], None),
        (["04/04/2027"], DAY_FIRST),
        (["2027-03-04"], DAY_FIRST),
    ],
)
def test_a_whole_column_settles_the_order_or_leaves_it_open(cells, order):
    evidence = DateEvidence()
    for cell in cells:
        evidence.see(cell)

    assert evidence.order == order


@given(
    day=st.dates(date(1971, 1, 1), date(2069, 12, 31)),
    form=st.sampled_from(
        ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y", "%Y-%m-%d %H:%M", "%d.%m.%y"]
    ),
)
def test_a_written_date_is_read_back(day, form):
    assert read_date(day.strftime(form), DAY_FIRST) == day


@given(day=st.dates(date(2000, 1, 1), date(2069, 12, 31)))
def test_a_month_first_date_is_read_back(day):
    assert read_date(f"{day.month}/{day.day}/{day.year}", MONTH_FIRST) == day
