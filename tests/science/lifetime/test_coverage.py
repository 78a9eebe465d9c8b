"""Do the 90 % ranges hold the truth where it is known? Simulated with fixed seeds; docs tell of longer runs."""

import numpy as np
import pytest

from arbiter.science.lifetime import (
    bg_nbd,
    from_survivors,
    log_survival,
    residual_renewals,
    retention_curve,
)
from arbiter.science.lifetime.buying import Pairs, Steps, staying
from tests.science.lifetime.buyers import CDNOW, drawn

VENDORS = 30


def _cohorts(random, *, size, years, truth):
    """One new cohort a year, each seen until today."""
    share = np.exp(log_survival(np.arange(years + 1), **truth))
    for seen in range(1, years + 1):
        survivors = [size]
        for year in range(1, seen + 1):
            survivors.append(random.binomial(survivors[-1], share[year] / share[year - 1]))
        yield survivors


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("truth", "size", "years"),
    [
        ({"alpha": 0.76, "beta": 1.3, "c": 1.0}, 60, 3),
        ({"alpha": 2.0, "beta": 11.0, "c": 1.0}, 300, 6),
        ({"alpha": 0.26, "beta": 1.72, "c": 1.58}, 60, 3),
    ],
    ids=["regular", "business", "high end"],
)
def test_the_range_of_the_renewals_to_come_holds_the_truth_about_as_often_as_it_says(
    truth, size, years
):
    random, held = np.random.default_rng(11), 0
    question = {"discount": 0.1, "horizon_periods": 5}
    true = residual_renewals(2, **truth, **question).item()
    for _ in range(VENDORS):
        curve = retention_curve(
            from_survivors(*_cohorts(random, size=size, years=years, truth=truth))
        )
        alpha, beta, c = curve.draws(400).T
        low, high = np.quantile(
            residual_renewals(2, alpha=alpha, beta=beta, c=c, **question), [0.05, 0.95]
        )
        held += low <= true <= high

    # For a true coverage of 0.9, 99 of 100 such tests hold at least 23 of 30.
    assert held >= 23


@pytest.mark.sweep
def test_the_range_of_the_orders_to_come_holds_the_truth_about_as_often_as_it_says():
    held = 0
    for seed in range(VENDORS):
        histories = drawn(400, seed=seed)
        pairs, year = Pairs.of(histories), Steps.until(52, discount_per_year=0.0)

        def orders(parameters, histories=histories, pairs=pairs, year=year):
            return (
                staying(parameters, histories) * pairs.ahead(parameters, year)[pairs.place]
            ).sum()

        totals = [orders(one) for one in bg_nbd.fit(histories).posterior.draws(120)]
        low, high = np.quantile(totals, [0.05, 0.95])
        held += low <= orders(np.array(CDNOW)) <= high

    assert held >= 23
