"""Counting renewals: from cohorts, from single customers, and from records that begin midway."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.science.lifetime import Tenures, from_contracts, from_survivors

CUSTOMERS = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=20)


def test_cohorts_of_different_age_are_added_up():
    found = from_survivors([100, 80, 70], [50, 45], [30])

    assert found.lost.tolist() == [0, 25, 10]
    assert found.active.tolist() == [30, 45, 70]
    assert found.due.tolist() == [0, 150, 80]
    assert (found.total_lost, found.decisions, found.periods) == (35, 230, 2)


def test_whoever_came_into_the_records_later_was_not_due_before():
    found = from_contracts([4, 5], [True, False], entered_after=[3, 0])

    assert found.due.tolist() == [0, 1, 1, 1, 2, 2, 0]
    assert found.lost.tolist() == [0, 0, 0, 0, 0, 1, 0]


@given(CUSTOMERS)
def test_each_customer_faced_its_renewals_and_the_one_at_which_it_left(customers):
    renewals, lost = map(np.array, zip(*customers, strict=True))

    found = from_contracts(renewals, lost)

    assert found.decisions == renewals.sum() + lost.sum()
    assert found.total_lost == lost.sum()
    assert found.active.sum() == (~lost).sum()


@given(CUSTOMERS)
def test_customers_and_their_survivors_tell_the_same(customers):
    renewals, lost = map(np.array, zip(*customers, strict=True))
    each = [[1.0] * (count + 1) + ([0.0] if left else []) for count, left in customers]

    one_by_one, as_cohorts = from_contracts(renewals, lost), from_survivors(*each)

    size = len(as_cohorts.lost)
    assert one_by_one.lost[:size].tolist() == as_cohorts.lost.tolist()
    assert one_by_one.due[:size].tolist() == as_cohorts.due.tolist()


@pytest.mark.parametrize("cohorts", [[], [[]], [[10, 11]], [[10, -1]]])
def test_cohorts_that_cannot_be_are_refused(cohorts):
    with pytest.raises(ValueError, match=r"cohort|fewer"):
        from_survivors(*cohorts)


@pytest.mark.parametrize(
    ("renewals", "lost", "entered"),
    [([], [], 0), ([1], [True, False], 0), ([1], [True], 2), ([1], [True], -1)],
)
def test_customers_that_cannot_be_are_refused(renewals, lost, entered):
    with pytest.raises(ValueError, match=r"length|between"):
        from_contracts(renewals, lost, entered_after=entered)


@pytest.mark.parametrize(
    ("lost", "active", "entered"),
    [
        ([0, 1], [0, 4], [5]),
        ([1, 0], [0, 4], [5, 0]),
        ([0, 1], [0, 5], [5, 0]),
        ([0, 5], [5, 0], [5, 5]),
        ([0, -1], [0, 6], [5, 0]),
    ],
)
def test_tenures_that_do_not_add_up_are_refused(lost, active, entered):
    with pytest.raises(ValueError, match=r"length|least|either|due"):
        Tenures(*(np.array(one, dtype=float) for one in (lost, active, entered)))
