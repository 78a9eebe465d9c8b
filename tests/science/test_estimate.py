"""An estimate says how sure it is, and says so when there are too few to say."""

import pytest
from statsmodels.stats.proportion import proportion_confint

from arbiter.science.estimate import Estimate, proportion


def test_too_few_to_say_has_no_value_and_says_why():
    few = Estimate.too_few(3, "3 of 10 churns.")

    assert not few.is_known
    assert (few.value, few.low, few.high, few.n, few.note) == (
        None,
        None,
        None,
        3,
        "3 of 10 churns.",
    )


def test_an_end_that_cannot_be_told_stays_open():
    median = Estimate(value=12.0, low=9.0, high=None, n=40)

    assert median.is_known
    assert median.high is None


@pytest.mark.parametrize(("n", "counts"), [(19, True), (20, False)])
def test_below_twenty_in_the_base_counts_are_shown(n, counts):
    assert proportion(5, n).shows_counts is counts


def test_a_proportion_agrees_with_statsmodels():
    share = proportion(7, 31, level=0.9)

    assert share.value == pytest.approx(7 / 31)
    assert (share.low, share.high) == pytest.approx(
        proportion_confint(7, 31, alpha=0.1, method="wilson"), abs=1e-12
    )


def test_a_proportion_of_nobody_is_unknown_rather_than_nought():
    assert not proportion(0, 0).is_known


@pytest.mark.parametrize(
    ("value", "low", "high", "n"),
    [(0.5, 0.6, 0.7, 3), (0.5, 0.4, 0.45, 3), (float("nan"), 0, 1, 3), (0.5, 0.4, 0.6, -1)],
)
def test_an_estimate_that_contradicts_itself_is_refused(value, low, high, n):
    with pytest.raises(ValueError, match="An estimate"):
        Estimate(value=value, low=low, high=high, n=n)


def test_a_proportion_refuses_more_successes_than_there_are():
    with pytest.raises(ValueError, match="between 0 and n"):
        proportion(3, 2)
