"""Brier and log scores against scikit-learn, and what proper scores must do."""

from math import inf, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, log_loss

from arbiter.science.scoring import brier_score, log_score, skill_against_base_rate

FORECASTS = st.lists(st.tuples(st.floats(0.001, 0.999), st.integers(0, 1)), min_size=1, max_size=80)


def columns(rows):
    return tuple(map(np.array, zip(*rows, strict=True)))


@settings(max_examples=30)
@given(FORECASTS)
def test_both_scores_are_those_of_scikit_learn(rows):
    p, y = columns(rows)

    assert brier_score(p, y) == pytest.approx(brier_score_loss(y, p, labels=[0, 1]))
    assert log_score(p, y) == pytest.approx(log_loss(y, p, labels=[0, 1]))


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_who_says_what_is_so_scores_best_on_average(truth, said):
    expected = {
        score: lambda p, score=score: truth * score([p], [1]) + (1 - truth) * score([p], [0])
        for score in (brier_score, log_score)
    }

    for of in expected.values():
        assert of(truth) <= of(said) + 1e-12


def test_certain_and_wrong_once_is_infinitely_bad_and_certain_and_right_perfect():
    assert log_score([1.0, 0.9], [0, 1]) == inf
    assert log_score([1.0, 0.0], [1, 0]) == 0
    assert brier_score([1.0, 0.0], [0, 1]) == 1


def test_even_odds_cost_a_quarter_and_ln_two():
    assert brier_score([0.5] * 3, [1, 0, 1]) == 0.25
    assert log_score([0.5] * 3, [1, 0, 1]) == pytest.approx(log(2))


@pytest.mark.parametrize("score", ["brier", "log"])
def test_the_base_rate_has_no_skill_against_itself(score):
    assert skill_against_base_rate([0.75] * 4, [1, 1, 0, 1], score=score) == pytest.approx(0)


def test_skill_against_a_told_base_rate_by_hand():
    skill = skill_against_base_rate([0.9, 0.4], [1, 0], base_rate=0.8, score="brier")

    assert skill == pytest.approx(1 - (0.01 + 0.16) / (0.04 + 0.64))


def test_a_forecast_worse_than_the_base_rate_has_skill_below_nought():
    assert skill_against_base_rate([0.1, 0.9], [1, 0], base_rate=0.5) < 0


@pytest.mark.parametrize(
    ("p", "y", "base_rate", "word"),
    [([0.9], [1], None, "nothing to beat"), ([1.0, 0.5], [0, 0], 1.0, "infinite")],
)
def test_where_there_is_nothing_to_compare_skill_is_refused(p, y, base_rate, word):
    with pytest.raises(ValueError, match=word):
        skill_against_base_rate(p, y, base_rate=base_rate)


@pytest.mark.parametrize("score", [brier_score, log_score])
@pytest.mark.parametrize(
    ("p", "y"), [([], []), ([0.5], [1, 0]), ([1.2], [1]), ([float("nan")], [1]), ([0.5], [0.5])]
)
def test_what_is_no_forecast_or_no_outcome_is_refused(score, p, y):
    with pytest.raises(ValueError, match=r"columns|probability|happened"):
        score(p, y)
