"""Alarms: the budget is kept, the answers are heard, and no number is told without the others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arbiter.science.interval import wilson
from arbiter.science.surprise import alarms, flagged, flagged_in_time

NONE = float("nan")
BOOK = st.lists(
    st.tuples(
        st.one_of(st.just(NONE), st.sampled_from([0.1, 0.5, 0.9]), st.floats(0, 1)),
        st.sampled_from(["Q1", "Q2", "Q3"]),
    ),
    min_size=1,
    max_size=60,
)
BUDGETS = st.floats(0, 1)


@settings(max_examples=40)
@given(BOOK, BUDGETS)
def test_no_window_flags_more_than_its_budget_and_always_the_riskiest(rows, budget):
    chances, windows = map(np.array, zip(*rows, strict=True))
    alarm = flagged(chances, windows, budget=budget)

    for window in set(windows):
        of = windows == window
        assert alarm[of].sum() <= budget * of.sum() + 0.5
        quiet = of & ~alarm & ~np.isnan(chances)
        if alarm[of].any() and quiet.any():
            assert chances[of & alarm].max() < chances[quiet].min()


@settings(max_examples=40)
@given(BOOK)
def test_a_larger_budget_flags_the_same_and_more(rows):
    chances, windows = map(np.array, zip(*rows, strict=True))

    assert (flagged(chances, windows, budget=0.2) <= flagged(chances, windows, budget=0.5)).all()


def test_of_ten_different_chances_the_two_lowest_are_flagged():
    chances = np.array([0.9, 0.8, 0.3, 0.7, 0.95, 0.6, 0.5, 0.85, 0.4, 0.99])

    assert np.flatnonzero(flagged(chances, ["Q1"] * 10)).tolist() == [2, 8]


def test_one_percentage_for_all_is_no_alarm():
    assert not flagged([0.85] * 20, ["Q1"] * 20).any()


def test_whoever_says_no_or_not_sure_is_flagged_beyond_the_budget():
    words = ["no", "not_sure", "yes", "", "no_reply"]

    assert flagged([0.9] * 5, ["Q1"] * 5, intent=words).tolist() == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_contract_without_a_forecast_is_not_flagged_by_rank():
    assert flagged([NONE, 0.5, 0.6], ["Q1"] * 3, budget=0.4).tolist() == [False, True, False]


def test_only_alarms_early_enough_to_act_count():
    found = flagged_in_time([1, 1, 0, 1], [0, 1, 1, 2], [90, 89, 200, 400], contracts=4)

    assert found.tolist() == [True, False, True, False]
    assert not flagged_in_time([], [], [], contracts=2).any()


def test_misses_alarms_and_precision_by_hand():
    lost = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    flags = np.array([1, 0, 0, 1, 1, 0, 0, 0, 0, 0])
    external = np.array([0, 0, 0, 1, 0, 0, 0, 0, 0, 0])
    told = np.array([1, 1, 0, 0, 0, 0, 0, 1, 0, 0])
    paid = np.array([10, 30, 60, 5, 20, 5, 5, 5, 5, 5])

    found = alarms(lost, flags, external=external, told=told, amount=paid)

    assert found.missed.value == pytest.approx(2 / 3)
    assert (found.missed.low, found.missed.high) == pytest.approx(wilson(2, 3))
    assert found.missed_amount.value == pytest.approx(0.9)
    assert found.alarm_rate.value == pytest.approx(0.3)
    assert found.alarm_rate_amount.value == pytest.approx(35 / 150)
    assert found.precision.value == pytest.approx(1 / 2)
    assert found.not_told.value == pytest.approx(1 / 3)
    assert (found.due, found.lost, found.excluded) == (10, 3, 1)


def test_who_flags_everybody_misses_nothing_and_pays_for_it():
    found = alarms([1, 0, 0, 0, 0], [1] * 5)

    assert (found.missed.value, found.alarm_rate.value, found.precision.value) == (0, 1, 0.2)


def test_who_flags_nobody_has_no_precision():
    found = alarms([1, 0, 0], [0, 0, 0])

    assert found.missed.value == 1
    assert not found.precision.is_known
    assert not found.not_told.is_known


@pytest.mark.parametrize(("lost", "missed"), [([], False), ([0, 0], False)])
def test_without_losses_nothing_can_be_missed(lost, missed):
    found = alarms(lost, lost, amount=[5] * len(lost))

    assert found.missed.is_known is missed
    assert found.alarm_rate.is_known == bool(lost)


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: flagged([0.5], ["Q1", "Q2"]), "columns"),
        (lambda: flagged([1.5], ["Q1"]), "chance"),
        (lambda: flagged([0.5], ["Q1"], budget=1.5), "budget"),
        (lambda: flagged([0.5], ["Q1"], intent=["no", "no"]), "answer"),
        (lambda: flagged_in_time([1], [0, 1], [9, 9], contracts=2), "alarm"),
        (lambda: flagged_in_time([1], [0], [9, 9], contracts=2), "columns"),
        (lambda: flagged_in_time([1], [2], [9], contracts=2), "number"),
        (lambda: flagged_in_time([1], [0], [9], contracts=2, lead_days=-1), "lead"),
        (lambda: alarms([1, 2], [0, 0]), "loss"),
        (lambda: alarms([[1]], [0]), "one column"),
        (lambda: alarms([1], [0], amount=[NONE]), "amount"),
    ],
)
def test_what_makes_no_alarm_is_refused(call, word):
    with pytest.raises(ValueError, match=word):
        call()
