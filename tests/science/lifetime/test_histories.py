"""Orders become histories: by hand, and as the published summary of the same orders."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.science.lifetime import Histories, from_orders, of_days
from tests.science.lifetime import published

JANUARY, MARCH = np.datetime64("2026-01-01"), np.datetime64("2026-03-02")


def test_the_published_orders_become_the_published_summary():
    customers, days, amounts = published.orders()
    rows = published.summary()

    found = from_orders(customers, days, amounts, until=np.datetime64("1997-09-30"))

    assert len(found.histories) == 2_357
    assert found.histories.repeats.tolist() == rows["x"].to_list()
    assert found.histories.last_days / 7 == pytest.approx(rows["t_x"].to_numpy(), abs=0.006)
    assert found.histories.age_days / 7 == pytest.approx(rows["T"].to_numpy(), abs=0.006)
    assert found.mean_amounts == pytest.approx(rows["zbar"].to_numpy(), abs=0.006)


def test_orders_of_one_day_are_one_and_those_to_come_are_not_known():
    days = np.array([JANUARY, JANUARY, JANUARY + 9, JANUARY + 9, MARCH + 1])

    found = from_orders(["harbour"] * 5, days, [10, 5, 20, 30, 99], until=MARCH)

    assert found.customers.tolist() == ["harbour"]
    assert found.histories.repeats.tolist() == [1]
    assert found.histories.last_days.tolist() == [9]
    assert found.histories.age_days.tolist() == [60]
    assert found.mean_amounts.tolist() == [50.0]


def test_without_orders_there_is_nobody():
    found = from_orders([], np.array([], dtype="datetime64[D]"), [], until=MARCH)

    assert len(found.histories) == 0
    assert found.histories.repeat_buyers == 0


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 60), st.floats(1, 100)), min_size=1, max_size=40
    )
)
def test_every_order_day_but_the_first_is_counted_once(orders):
    customers, days, amounts = map(list, zip(*orders, strict=True))

    found = from_orders(customers, days, amounts, until=30)

    known = {(who, day) for who, day, _ in orders if day <= 30}
    assert found.histories.repeats.sum() + len(found.histories) == len(known)
    assert set(found.customers) == {who for who, _ in known}


@pytest.mark.parametrize(
    ("repeats", "last", "age"),
    [
        ([1, 2], [3], [9, 9]),
        ([-1], [3], [9]),
        ([1], [10], [9]),
        ([0], [3], [9]),
        ([1], [0], [9]),
        ([[1]], [[3]], [[9]]),
    ],
)
def test_histories_that_cannot_be_are_refused(repeats, last, age):
    with pytest.raises(ValueError, match=r"length|least|after|again"):
        of_days(repeats, last, age)


def test_orders_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="one length"):
        from_orders(["a", "b"], [1], [10.0], until=3)


def test_histories_may_be_empty():
    nobody = np.zeros(0, dtype=np.int64)

    assert len(Histories(nobody, nobody, nobody)) == 0
