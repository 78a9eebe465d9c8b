"""Adoption by hand: seats, features, habit, and the whole set held for a while."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from arbiter.science.adoption import (
    adopted_in,
    feature_share,
    seat_adoption,
    stickiness,
    typical,
)


def test_seats_agree_with_statsmodels():
    used = seat_adoption(30, 50)

    assert used.value == 0.6
    assert (used.low, used.high) == pytest.approx(proportion_confint(30, 50, method="wilson"))


def test_more_people_than_seats_are_all_seats_and_said_so():
    used = seat_adoption(60, 50)

    assert (used.value, used.note) == (1, "60 were active on 50 seats.")
    assert not seat_adoption(3, 0).is_known


def test_features_that_do_not_count_do_not_help():
    assert feature_share(["search", "search", "games"], ["search", "export"]).value == 0.5
    assert feature_share([], [], whose="goal").note == "No features are listed for the goal."
    with pytest.raises(TypeError, match="collection"):
        feature_share("search", ["search"])


def test_stickiness_is_daily_over_monthly_people():
    active = np.random.default_rng(3).random((40, 28)) < np.linspace(0, 0.9, 40)[:, None]
    daily, monthly = active.sum(axis=0).mean(), active.any(axis=1).sum()

    habit = stickiness(active.sum(axis=1))

    assert habit.value == pytest.approx(daily / monthly)
    assert habit.n == monthly
    share = active.sum(axis=1)[active.any(axis=1)] / 28
    assert (habit.low, habit.high) == pytest.approx(DescrStatsW(share).tconfint_mean())


def test_a_habit_without_spread_does_not_pretend_to_be_certain():
    assert stickiness([14, 14]).low is None
    assert stickiness([14]).low is None
    assert not stickiness([0, 0]).is_known


def test_adopted_is_the_whole_set_for_a_while():
    held = [[0, 1, 1, 1], [1, 0, 1, 1]]
    broken = [[1, 1, 0, 1], [1, 1, 1, 1]]

    assert adopted_in([held, broken], in_a_row=2).tolist() == [3, 1]
    assert np.isnan(adopted_in([held, broken], in_a_row=3)).all()
    assert np.isnan(adopted_in([held], in_a_row=5)).all()


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(1, 4))
def test_adoption_is_the_first_run_found_by_looking(seen, in_a_row):
    ends = [
        end for end in range(in_a_row - 1, len(seen)) if all(seen[end - in_a_row + 1 : end + 1])
    ]

    (found,) = adopted_in([[seen]], in_a_row=in_a_row)

    assert found == ends[0] if ends else np.isnan(found)


@pytest.mark.parametrize(
    "call",
    [
        lambda: seat_adoption(-1, 5),
        lambda: stickiness([29]),
        lambda: stickiness([-1]),
        lambda: stickiness([0], days=0),
        lambda: adopted_in([[1, 0]]),
        lambda: adopted_in([[[1]]], in_a_row=0),
    ],
)
def test_what_makes_no_sense_is_refused(call):
    with pytest.raises(ValueError, match=r"at least|lie between"):
        call()


def test_the_typical_customer_has_the_t_interval_of_a_mean():
    values = [0.1, 0.4, 0.35, 0.8, 0.55]
    low, high = stats.t.interval(
        0.95, len(values) - 1, loc=np.mean(values), scale=stats.sem(values)
    )

    told = typical(values, most=1)

    assert told.value == pytest.approx(np.mean(values))
    assert (told.low, told.high) == pytest.approx((low, high))


def test_an_interval_ends_where_values_can_go_no_further():
    told = typical([0.0, 0.0, 0.0, 1.0], most=1)

    assert told.low == 0.0
    assert typical([]).value is None
    assert (typical([0.5, 0.5]).low, typical([3]).low) == (None, None)
    with pytest.raises(ValueError, match="between"):
        typical([1.2], most=1)
    with pytest.raises(ValueError, match="between"):
        typical([float("nan")])
