"""The cohort table by hand and beside Kaplan-Meier; ages nobody has reached stay empty."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from arbiter.science.retention import cohort_table, logo_churn, net_revenue_retention

STAYS = np.nan
BEGAN = [0, 0, 0, 0, 0, 1, 1]
LOST = [1, 3, STAYS, STAYS, STAYS, 1, STAYS]

LIVES = st.lists(
    st.tuples(st.integers(0, 5), st.one_of(st.none(), st.integers(0, 9))), min_size=1, max_size=40
)


def values(cells):
    return [cell and round(cell.value, 3) for cell in cells]


def test_the_table_is_right_by_hand():
    first, second = cohort_table(BEGAN, LOST, periods=3)

    assert (first.start, first.n, first.is_few) == (0, 5, False)
    assert values(first.logos) == [1, 0.8, 0.8]
    assert (second.start, second.n, second.is_few) == (1, 2, True)
    assert values(second.logos) == [0.5, 0.5, None]
    assert first.revenue == ()


def test_each_cell_is_one_minus_the_churn_of_its_cohort():
    first, _ = cohort_table(BEGAN, LOST, periods=5)
    churn = logo_churn([True] * 5, [True, True, False, False, False])

    assert first.logos[3].value == pytest.approx(1 - churn.value)
    assert (first.logos[3].low, first.logos[3].high) == pytest.approx(
        (1 - churn.high, 1 - churn.low)
    )


def test_revenue_is_the_net_retention_of_each_cohort_and_age():
    money = [[100, 0, 0], [50, 60, 60], [0, 40, 20]]
    first, second = cohort_table([0, 0, 1], [1, STAYS, STAYS], periods=3, revenue=money)

    assert values(first.revenue) == [1, 0.4, 0.4]
    assert first.revenue[1] == net_revenue_retention([100, 50], [0, 60])
    assert values(second.revenue) == [1, 0.5, None]


@given(LIVES)
def test_shares_only_fall_and_empty_cells_come_last(lives):
    began = [start for start, _ in lives]
    lost = [STAYS if stay is None else start + stay for start, stay in lives]

    rows = cohort_table(began, lost, periods=6)

    assert sum(row.n for row in rows) == len(lives)
    assert [row.start for row in rows] == sorted(set(began))
    for row in rows:
        known = [cell.value for cell in row.logos if cell]
        assert len(known) == 6 - row.start
        assert known == sorted(known, reverse=True)
        assert row.logos[len(known) :] == (None,) * (row.start - min(began))


def test_one_cohort_is_the_survival_curve_of_lifelines():
    dice = np.random.default_rng(7)
    lost = np.where(dice.random(200) < 0.5, dice.integers(0, 12, 200), STAYS)
    curve = KaplanMeierFitter().fit(np.nan_to_num(lost, nan=11), ~np.isnan(lost))

    (row,) = cohort_table(np.zeros(200), lost, periods=12)

    # Nobody is censored before the last period, so both are the share that is left.
    assert values(row.logos) == pytest.approx(curve.predict(range(12)).round(3).tolist())


@pytest.mark.parametrize(
    ("start", "lost", "told"),
    [
        ([0], [1, 2], "for each customer"),
        ([3], [STAYS], "starts lie"),
        ([0.5], [STAYS], "whole numbers"),
        ([0], [1.5], "whole numbers"),
        ([1], [0], "before the start"),
    ],
)
def test_lives_that_make_no_sense_are_refused(start, lost, told):
    with pytest.raises(ValueError, match=told):
        cohort_table(start, lost, periods=3)


def test_revenue_must_be_told_for_every_period():
    with pytest.raises(ValueError, match="customer and period"):
        cohort_table([0], [STAYS], periods=3, revenue=[[1, 1]])


def test_nobody_makes_an_empty_table():
    assert cohort_table([], [], periods=3) == ()
