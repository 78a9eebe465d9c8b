"""Learning: nothing without renewals, more with more of them, and checked against others' logistics."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from arbiter.science.renewal import (
    Known,
    cases,
    day_one,
    forecast,
    from_cases,
    history,
    history_of,
    learn,
)
from arbiter.science.renewal.posterior import posterior
from arbiter.science.renewal.storage import to_json
from tests.science.renewal.contracts import STRANGER, TOLD, base_rates, portfolios, said
from tests.science.renewal.pasts import EMPTY, open_ones, past


def learnt(told, **options):
    usual = {"base_rate": TOLD, "open_contracts": open_ones(30), "boosting": False}
    return learn(told, **(usual | options))


def ordinary(count, *, columns=4, seed=0):
    """Rows, outcomes and weights of an ordinary logistic."""
    dice = np.random.default_rng(seed)
    z = np.column_stack([np.ones(count), dice.normal(size=(count, columns - 1))])
    y = (dice.random(count) < expit(z @ np.linspace(1, -1, columns))).astype(float)
    return z, y, dice.uniform(0.2, 1, count)


@given(portfolios, base_rates())
@settings(max_examples=30)
def test_without_renewals_it_is_the_model_of_the_first_day(known, rate):
    assert to_json(learnt(EMPTY, base_rate=rate, open_contracts=known)) == to_json(
        day_one(known, base_rate=rate)
    )


def test_the_peak_is_that_of_scikit_learns_ridge_logistic():
    z, y, weight = ordinary(300)

    ours = posterior(z, y, weight, mean=np.zeros(4), sds=np.full(4, 0.7))
    theirs = LogisticRegression(C=0.7**2, fit_intercept=False, tol=1e-10, max_iter=1_000)
    theirs.fit(z, y, sample_weight=weight)

    assert ours.mean == pytest.approx(theirs.coef_[0], abs=1e-6)


def test_with_no_prior_to_speak_of_it_is_statsmodels_maximum_likelihood():
    z, y, weight = ordinary(400, seed=3)

    ours = posterior(z, y, weight, mean=np.zeros(4), sds=np.full(4, 1e5))
    theirs = sm.GLM(y, z, family=sm.families.Binomial(), freq_weights=weight).fit(tol=1e-12)

    assert ours.mean == pytest.approx(theirs.params, abs=1e-7)
    assert ours.covariance == pytest.approx(theirs.cov_params(), abs=1e-7)
    assert ours.effective_degrees == pytest.approx(4, abs=1e-6)


def test_a_prior_of_any_shape_is_that_of_a_general_optimiser():
    z, y, weight = ordinary(60, seed=5)
    mean, sds = np.array([2.0, 0.5, -1.0, 0.0]), np.array([0.2, 0.25, 1.0, 0.05])

    def loss(theta):
        eta = z @ theta
        return weight @ (np.logaddexp(0, eta) - y * eta) + (((theta - mean) / sds) ** 2).sum() / 2

    ours = posterior(z, y, weight, mean=mean, sds=sds)

    assert ours.mean == pytest.approx(minimize(loss, mean, tol=1e-10).x, abs=1e-4)


def test_a_start_far_from_the_peak_still_finds_it():
    z, y = np.ones((500, 1)), np.ones(500)

    found = posterior(z, y, np.ones(500), mean=np.array([-12.0]), sds=np.array([8.0]))

    slope = 500 * (1 - expit(found.mean[0])) - (found.mean[0] + 12) / 64
    assert slope == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("outcome", [0, 1])
def test_more_of_the_same_evidence_moves_it_further_the_same_way(outcome):
    known = replace(said("not_sure"), lead_days=90)
    chances = []
    for count in (0, 1, 3, 10, 30, 90):
        told = history(
            [known] * count,
            renewed=[outcome] * count,
            renewal=range(count),
            customer=range(count),
            age_months=[0] * count,
        )
        chances.append(forecast([known], learnt(told)).probability[0])

    steps = np.diff(chances) if outcome else -np.diff(chances)
    assert (steps > 0).all()
    assert 0 < min(chances) < max(chances) < 1


@given(st.permutations(range(36)))
@settings(max_examples=10)
def test_the_order_of_rows_leaves_no_trace(order):
    told = past(12)

    assert to_json(learnt(told.take(order))) == to_json(learnt(told))


def test_ids_may_be_words_or_numbers():
    told = past(20)
    words = history_with(told, renewal=[f"r{n:03}" for n in told.renewal])

    assert to_json(learnt(words)) == to_json(learnt(told))


def history_with(told, **columns):
    usual = {name: getattr(told, name) for name in ("renewed", "renewal", "customer", "age_months")}
    return history_of(told.cases, **(usual | columns))


@pytest.mark.sweep
def test_what_is_true_of_the_beliefs_is_found_in_time():
    weak, strong = (learnt(past(600, believed=share)) for share in (0.0, 0.9))

    assert weak.mean[1] < 0.3 < 0.6 < strong.mean[1]
    assert forecast([said("no")], weak).probability > forecast([said("no")], strong).probability


@pytest.mark.sweep
def test_a_renewal_of_long_ago_teaches_less():
    new, old = (learnt(past(200, believed=0, ages=months)) for months in (0.0, 72.0))

    assert old.learnt.effective_renewals == pytest.approx(25)
    assert old.learnt.effective_degrees < new.learnt.effective_degrees
    assert abs(old.mean[1] - 0.55) < abs(new.mean[1] - 0.55)


def test_a_segment_that_leaves_more_often_is_forecast_so_and_a_new_one_stays_in_doubt():
    known = [Known(segment=("Small", "Public")[n % 2], lead_days=90) for n in range(80)]
    gone = [n % 2 == 0 and n % 8 != 0 for n in range(80)]
    told = history(
        known,
        renewed=[not each for each in gone],
        renewal=range(80),
        customer=range(80),
        age_months=[0] * 80,
    )
    model = learnt(told)

    made = forecast([Known(segment=name) for name in ("Small", "Public", "New")], model)

    assert made.probability[0] < made.probability[2] < made.probability[1]
    assert made.sd[2] > made.sd[:2].max()


def test_a_signal_of_the_companys_own_is_learnt_and_silent_where_it_tells_nothing():
    dice = np.random.default_rng(8)
    scores = dice.normal(50, 10, (300, 2))
    renewed = dice.random(300) < expit(1 + (scores[:, 0] - 50) / 10)
    looks = [Known(signals=(("health", float(a)), ("noise", float(b)))) for a, b in scores]
    told = history(
        looks, renewed=renewed, renewal=range(300), customer=range(300), age_months=[0] * 300
    )

    model = learnt(told)
    effect = dict(zip(model.layout.columns, model.mean.tolist(), strict=True))

    assert effect["signal:health"] > 0.5
    assert abs(effect["signal:noise"]) < 0.25


def test_the_open_contracts_may_be_given_as_columns():
    known = open_ones(30)

    assert to_json(learnt(past(20), open_contracts=cases(known))) == to_json(
        learnt(past(20), open_contracts=known)
    )


@pytest.mark.parametrize("strangers", [0, 10])
def test_no_open_contract_is_needed(strangers):
    model = learnt(past(20), open_contracts=[], strangers=strangers)

    assert np.isfinite(model.mean).all()
    assert forecast([STRANGER], model).probability == pytest.approx(0.85, abs=0.1)


@pytest.mark.sweep
def test_where_nothing_tells_anything_it_costs_next_to_nothing_beside_the_base_rate():
    truth, unseen, beyond = expit(1.5), cases(open_ones(400)), []
    for seed in range(8):
        told = past(800, seed=seed, believed=0.0, level=1.5, leads=(90,))
        made = from_cases(unseen, learnt(told)).probability
        beyond.append(loss(made, truth) - loss(np.array([told.renewed.mean()]), truth))

    assert np.mean(beyond) <= 0.001


def loss(chance, truth):
    return -np.mean(truth * np.log(chance) + (1 - truth) * np.log1p(-chance))
