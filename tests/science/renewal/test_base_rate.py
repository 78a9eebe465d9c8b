"""The one number asked at set-up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.science.renewal import UNTOLD, BaseRate
from tests.science.renewal.contracts import base_rates


def test_told_nothing_it_is_the_usual_rate_and_wide():
    assert (UNTOLD.probability, UNTOLD.sd) == (0.82, 0.8)
    assert UNTOLD.sentence == "Not told; 82% is usual"


def test_told_a_hundred_and_seventy_of_two_hundred_it_is_that():
    told = BaseRate(renewed=170, due=200)

    assert told.probability == pytest.approx(171.64 / 202)
    assert told.sd == pytest.approx(1.3 / (200 * 0.84970 * 0.15030) ** 0.5, rel=1e-4)
    assert told.sentence == "170 of your last 200 due contracts renewed"


@pytest.mark.parametrize(("renewed", "expected"), [(20, 0.9836), (0, 0.0745)])
def test_all_or_none_of_twenty_is_no_certainty(renewed, expected):
    assert BaseRate(renewed=renewed, due=20).probability == pytest.approx(expected, abs=1e-4)


@given(base_rates())
def test_the_rate_is_never_certain_and_being_told_never_widens(rate):
    assert 0 < rate.probability < 1
    assert 0 < rate.sd <= UNTOLD.sd


@given(st.integers(1, 300), st.floats(0, 1))
def test_the_same_share_of_more_renewals_is_narrower_or_as_narrow(due, share):
    few = BaseRate(renewed=round(share * due), due=due)
    many = BaseRate(renewed=4 * few.renewed, due=4 * due)

    assert many.sd <= few.sd


@pytest.mark.parametrize(("renewed", "due"), [(3, 2), (-1, 2), (0, -1)])
def test_counts_that_cannot_be_are_refused(renewed, due):
    with pytest.raises(ValueError, match="between 0 and the due"):
        BaseRate(renewed=renewed, due=due)
