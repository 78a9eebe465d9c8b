"""Two forecasts of the same renewals, against SciPy and statsmodels."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import ttest_rel

from arbiter.science.scoring import compare_log_scores, log_score


def two_forecasts(seed, n=240):
    random = np.random.default_rng(seed)
    first, second = random.beta(7, 2, n), random.beta(6, 2, n)
    return first, second, (random.random(n) < first).astype(int), random.integers(0, 60, n)


def surprises(p, y):
    return np.array([log_score([one], [came]) for one, came in zip(p, y, strict=True)])


def test_without_customers_it_is_the_paired_t_test_of_scipy():
    first, second, y, _ = two_forecasts(1)
    theirs = ttest_rel(surprises(first, y), surprises(second, y))

    found = compare_log_scores(first, second, y)

    assert found.p == pytest.approx(theirs.pvalue)
    ends = theirs.confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((ends.low, ends.high))
    assert found.value == pytest.approx(log_score(first, y) - log_score(second, y))


def test_by_customer_the_standard_error_is_statsmodels_clustered_one():
    first, second, y, customer = two_forecasts(2)
    difference = surprises(first, y) - surprises(second, y)
    fit = sm.OLS(difference, np.ones(len(y))).fit(
        cov_type="cluster", cov_kwds={"groups": customer, "use_correction": False}
    )

    found = compare_log_scores(first, second, y, clusters=customer)

    groups = len(set(customer))
    assert found.clusters == groups
    assert found.se == pytest.approx(fit.bse[0] * np.sqrt(groups / (groups - 1)))


def test_the_better_forecast_has_the_lower_score():
    first, second, y, _ = two_forecasts(3, n=2_000)

    found = compare_log_scores(first, second, y)

    assert found.high < 0
    assert found.p < 0.001


def test_a_forecast_does_not_differ_from_itself():
    first, _, y, customer = two_forecasts(4)

    same = compare_log_scores(first, first, y, clusters=customer)

    assert (same.value, same.low, same.high, same.p) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("first", "second", "y", "more", "word"),
    [
        ([1.0, 0.5], [0.5, 0.5], [0, 1], {}, "infinite"),
        ([0.4, 0.5], [0.5, 0.5], [0, 1], {"clusters": [1, 1]}, "at least two"),
        ([0.4, 0.5], [0.5, 0.5], [0, 1], {"clusters": [1]}, "one customer"),
        ([0.4, 0.5], [0.5, 0.5], [0, 1], {"level": 2}, "level"),
        ([0.4, 0.5], [0.5], [0, 1], {}, "columns"),
    ],
)
def test_what_has_no_difference_is_refused(first, second, y, more, word):
    with pytest.raises(ValueError, match=word):
        compare_log_scores(first, second, y, **more)
