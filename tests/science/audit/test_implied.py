"""The chance that a signal implies, held against customers it was not learnt from."""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from arbiter.science.audit import implied
from arbiter.science.audit.implied import _fit


def renewals(n, seed, slope):
    chance = np.random.default_rng(seed)
    health = chance.normal(size=n)
    return health, chance.random(n) < expit(1.5 + slope * health)


def test_a_signal_that_knows_something_implies_honest_chances():
    health, renewed = renewals(3_000, 1, slope=1.2)

    told = implied(60 + 15 * health, renewed, customer=np.arange(3_000))

    assert told.slope.low < 1 < told.slope.high
    assert told.intercept.low < 0 < told.intercept.high
    assert told.error < 0.03
    assert len(told.bins) == 10
    assert told.score < told.base_score - 0.05


def test_a_signal_that_knows_nothing_is_no_better_than_the_base_rate():
    health, renewed = renewals(1_000, 2, slope=0)

    told = implied(health, renewed, customer=np.arange(1_000))

    assert told.score > told.base_score - 0.002


def test_the_fit_is_the_one_of_another_library():
    health, renewed = renewals(500, 3, slope=1)
    theta = LogisticRegression(C=1 / (0.001 * 500), fit_intercept=False, tol=1e-10).fit(
        np.column_stack([np.ones(500), health]), renewed
    )

    assert _fit(health, renewed.astype(float)) == pytest.approx(theta.coef_[0], abs=1e-4)


def test_below_two_hundred_there_are_no_bins_and_a_constant_value_implies_the_base_rate():
    told = implied([7.0] * 60, [1] * 45 + [0] * 15, customer=range(60))

    assert (told.bins, told.error) == ((), None)
    assert told.score == pytest.approx(told.base_score)


@pytest.mark.parametrize(
    ("values", "renewed", "says"),
    [([1.0], [1, 0], "one outcome"), ([1.0, np.nan], [1, 0], "finite"), ([1, 2], [1, 1], "losses")],
)
def test_columns_that_do_not_fit_are_refused(values, renewed, says):
    with pytest.raises(ValueError, match=says):
        implied(values, renewed, customer=range(len(values)))
