from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.accounts import rules
from tests.world import MARCH

amounts = st.decimals(0, 1_000_000, places=2)


def test_a_day_is_told_in_utc_wherever_the_moment_was():
    late_in_lima = datetime(2026, 3, 1, 22, 0, tzinfo=timezone(timedelta(hours=-5)))

    assert rules.day(late_in_lima) == date(2026, 3, 2)


def test_what_was_true_on_an_earlier_day_is_dated_at_its_noon():
    assert rules.when(date(2026, 2, 3), MARCH) == datetime(2026, 2, 3, 12, tzinfo=UTC)
    assert rules.when(date(2026, 3, 1), MARCH) == MARCH
    assert rules.when(None, MARCH) == MARCH


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_nothing_is_dated_after_it_is_told(on):
    assert rules.when(on, MARCH) <= MARCH


@pytest.mark.parametrize(
    ("decision", "new_arr", "contradicts"),
    [
        ("renewed", 100, False),
        ("renewed", 90, True),
        ("expanded", 120, False),
        ("expanded", 100, True),
        ("contracted", 80, False),
        ("contracted", 100, True),
        ("contracted", 0, True),
        ("churned", None, False),
        ("churned", 0, False),
        ("churned", 10, True),
        ("expanded", None, False),
    ],
)
def test_an_amount_fits_its_decision_or_contradicts_it(decision, new_arr, contradicts):
    new = None if new_arr is None else Decimal(new_arr)

    assert rules.new_arr_contradicts(decision, arr=Decimal(100), new_arr=new) is contradicts


@given(amounts, amounts.filter(lambda amount: amount > 0))
def test_every_new_amount_fits_exactly_one_way_to_stay(arr, new_arr):
    fits = [
        decision
        for decision in ("renewed", "expanded", "contracted")
        if not rules.new_arr_contradicts(decision, arr=arr, new_arr=new_arr)
    ]

    assert len(fits) == 1


def test_what_is_unknown_contradicts_nothing():
    assert not rules.new_arr_contradicts("expanded", arr=None, new_arr=Decimal(1))
