"""Value realised, return, perception gap, confirmed outcomes and coverage, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.science.value import (
    confirmed_outcome_rate,
    coverage,
    perception_gap,
    return_on_investment,
    value_realised,
)

UNSTATED = float("nan")
NUMBERS = st.integers(-(10**6), 10**6)


@pytest.mark.parametrize(
    ("now", "baseline", "target", "share"),
    [(12, 30, 10, 0.9), (5, 30, 10, 1.25), (35, 30, 10, -0.25), (60, 50, 70, 0.5), (30, 30, 10, 0)],
)
def test_the_way_to_the_target_up_or_down(now, baseline, target, share):
    assert value_realised(now, baseline=baseline, target=target) == pytest.approx(share)


def test_without_a_way_to_go_nothing_is_realised_or_missed():
    assert value_realised(12, baseline=10, target=10) is None
    with pytest.raises(ValueError, match="finite"):
        value_realised(UNSTATED, baseline=1, target=2)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_turning_the_measure_around_changes_nothing(now, baseline, target):
    assert value_realised(-now, baseline=-baseline, target=-target) == value_realised(
        now, baseline=baseline, target=target
    )


def test_return_counts_the_customers_own_effort():
    assert return_on_investment(150, price=50) == 2
    assert return_on_investment(150, price=50, effort=25) == 1
    assert return_on_investment(0, price=50) == -1
    assert return_on_investment(150, price=0) is None
    with pytest.raises(ValueError, match="cost"):
        return_on_investment(150, price=-1)


def test_the_gap_is_taken_on_the_same_money():
    told = perception_gap([0.9, 0.5, UNSTATED], [True, False, True], [60, 40, 900])

    assert told.believed == pytest.approx(0.74)
    assert told.said == pytest.approx(0.6)
    assert told.gap == told.estimate.value == pytest.approx(0.14)
    assert (told.amount, told.unbelieved, told.n) == (100, 900, 2)


def test_without_a_belief_there_is_no_gap():
    told = perception_gap([UNSTATED], [True], [60])

    assert told.gap is None
    assert told.estimate.note == "The team has stated no belief."


@pytest.mark.parametrize(
    ("belief", "said", "amount"),
    [([1.1], [True], [1]), ([0.5], [True], [-1]), ([0.5], [True, True], [1]), ([0.5], [2], [1])],
)
def test_a_gap_of_nonsense_is_refused(belief, said, amount):
    with pytest.raises(ValueError, match=r"Belief"):
        perception_gap(belief, said, amount)


def test_the_never_asked_count_in_the_base_and_are_shown_apart():
    due, confirmed, asked = [1] * 10 + [0], [1] * 3 + [0] * 7 + [1], [1] * 5 + [0] * 5 + [1]

    told = confirmed_outcome_rate(due, confirmed, asked)

    assert (told.rate.value, told.rate.n) == (0.3, 10)
    assert told.rate.note == "5 were never asked."
    assert (told.rate_of_asked.value, told.never_asked) == (0.6, 5)


def test_without_a_due_goal_there_is_no_rate():
    told = confirmed_outcome_rate([0], [0], [0])

    assert (told.rate.value, told.rate.note) == (None, "No customer has a due goal.")
    assert not told.rate_of_asked.is_known


def test_a_verdict_without_an_ask_and_unequal_lengths_are_refused():
    with pytest.raises(ValueError, match="was asked"):
        confirmed_outcome_rate([1], [1], [0])
    with pytest.raises(ValueError, match="each customer"):
        confirmed_outcome_rate([1, 1], [1], [1])


def test_coverage_counts_customers_or_their_money():
    assert coverage([1, 0, 0, 1]).value == 0.5
    assert coverage([1, 0], amount=[30, 10]).value == 0.75
    assert not coverage([1], amount=[0]).is_known
    assert not coverage([]).is_known
    with pytest.raises(ValueError, match="at least 0"):
        coverage([1], amount=[-1])
