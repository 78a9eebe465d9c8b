"""sBG and BdW against the published tables, and by what must hold for any contract."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from arbiter.science.lifetime import (
    NotEnoughChurn,
    contract,
    fit_beta_discrete_weibull,
    fit_shifted_beta_geometric,
    from_contracts,
    from_survivors,
    likelihood_ratio,
    log_survival,
)
from tests.science.lifetime.published import HIGH_END, REGULAR

SIZES = st.floats(0.05, 50)


def _mean_error(model, survivors, *, after):
    """In percentage points, over the years that were not shown."""
    years = np.arange(after + 1, 13)
    told = np.exp(log_survival(years, alpha=model.alpha, beta=model.beta, c=model.c))
    return 100 * np.mean(np.abs(told - np.array(survivors[after + 1 :]) / 1000))


@pytest.mark.parametrize(
    ("survivors", "years", "alpha", "beta", "log_likelihood", "error"),
    [
        (REGULAR, 4, 0.7637, 1.2958, -1401.559, 1.12),
        (HIGH_END, 4, 1.281, 7.790, -1225.135, 5.79),
        (REGULAR, 7, 0.7041, 1.1820, -1680.265, 0.29),
        # Fader and Hardie (2007): α = 0.668, β = 3.806.
        (HIGH_END, 7, 0.668, 3.806, -1611.158, 1.19),
    ],
)
def test_sbg_has_the_published_parameters_and_errors(
    survivors, years, alpha, beta, log_likelihood, error
):
    model = fit_shifted_beta_geometric(from_survivors(survivors[: years + 1]))

    assert (model.alpha, model.beta) == pytest.approx((alpha, beta), abs=5e-4)
    assert model.c == 1
    assert model.log_likelihood == pytest.approx(log_likelihood, abs=5e-4)
    assert _mean_error(model, survivors, after=years) == pytest.approx(error, abs=0.01)


@pytest.mark.parametrize(
    ("survivors", "years", "parameters", "log_likelihood", "error"),
    [
        (REGULAR, 4, (0.5231, 0.8944, 1.1963), -1401.383, 0.29),
        (HIGH_END, 4, (0.2593, 1.7225, 1.5844), -1222.749, 0.77),
        (REGULAR, 7, (0.456, 0.779, 1.283), -1679.603, 0.26),
        (HIGH_END, 7, (0.214, 1.427, 1.724), -1605.314, 0.52),
    ],
)
def test_bdw_has_the_published_parameters_and_errors(
    survivors, years, parameters, log_likelihood, error
):
    model = fit_beta_discrete_weibull(from_survivors(survivors[: years + 1]))

    assert (model.alpha, model.beta, model.c) == pytest.approx(parameters, abs=6e-4)
    assert model.log_likelihood == pytest.approx(log_likelihood, abs=5e-4)
    assert _mean_error(model, survivors, after=years) == pytest.approx(error, abs=0.01)


@pytest.mark.parametrize(("survivors", "p"), [(HIGH_END, 0.029), (REGULAR, 0.55)])
def test_four_years_say_whether_time_itself_matters(survivors, p):
    tenures = from_survivors(survivors[:5])

    test = likelihood_ratio(fit_shifted_beta_geometric(tenures), fit_beta_discrete_weibull(tenures))

    assert test.p == pytest.approx(p, abs=0.005)
    assert test.p == pytest.approx(chi2(1).sf(test.statistic), rel=1e-9)


def test_the_test_wants_the_narrow_model_first():
    model = fit_shifted_beta_geometric(from_survivors(REGULAR))

    with pytest.raises(ValueError, match="one parameter more"):
        likelihood_ratio(model, model)


def test_four_cohorts_of_different_age_give_the_published_parameters():
    # Fader and Hardie's note 017 on several cohorts: α = 3.80, β = 15.20, here of rounded counts.
    years = [10_000, 8_000, 6_480, 5_307, 4_391]

    model = fit_shifted_beta_geometric(from_survivors(years, years[:4], years[:3], years[:2]))

    assert (model.alpha, model.beta) == pytest.approx((3.80, 15.20), rel=1e-3)


@given(SIZES, SIZES, st.floats(0.3, 3))
def test_survival_falls_from_one(alpha, beta, c):
    left = np.exp(log_survival(np.arange(30), alpha=alpha, beta=beta, c=c))

    assert left[0] == 1
    assert np.all(np.diff(left) <= 0)
    assert np.all(left >= 0)


@given(SIZES, SIZES)
def test_the_renewal_rate_of_sbg_is_the_published_ratio_and_rises(alpha, beta):
    t = np.arange(1, 20)
    rates = np.exp(np.diff(log_survival(np.arange(20), alpha=alpha, beta=beta)))

    assert rates == pytest.approx((beta + t - 1) / (alpha + beta + t - 1), rel=1e-7)
    assert np.all(np.diff(rates) > -1e-9)


@pytest.mark.parametrize("theta", [[-0.3, 0.5], [-0.3, 0.5, 0.4]])
def test_the_gradient_is_that_of_the_likelihood(theta):
    objective = contract._Likelihood(
        from_contracts([3, 1, 4, 1, 5, 2], [True, False, True, True, False, True], entered_after=1)
    )
    at = np.array(theta)

    slopes = [
        (objective(at + step)[0] - objective(at - step)[0]) / 2e-5
        for step in 1e-5 * np.eye(len(at))
    ]

    assert objective(at)[1] == pytest.approx(slopes, rel=1e-5, abs=1e-7)


def test_records_that_begin_midway_do_not_flatter():
    """Half of the customers are known only because they had stayed for two years."""
    random = np.random.default_rng(3)
    chance = random.beta(1.0, 4.0, 40_000)
    renewals = np.minimum(random.geometric(chance) - 1, 8)
    entered = np.where(np.arange(40_000) % 2, 2, 0)
    seen = renewals >= entered
    tenures = from_contracts(renewals[seen], renewals[seen] < 8, entered_after=entered[seen])

    model = fit_shifted_beta_geometric(tenures)

    assert (model.alpha, model.beta) == pytest.approx((1.0, 4.0), rel=0.08)


def test_one_renewal_fixes_the_rate_and_leaves_the_rest_to_the_prior():
    model = fit_shifted_beta_geometric(from_survivors([100, 80]))

    rates = np.array([beta / (alpha + beta) for alpha, beta, _ in model.draws(400)])
    assert np.median(rates) == pytest.approx(0.8, abs=0.02)
    assert np.std(np.log(model.draws(400)[:, 0])) > 1


def test_customers_who_are_all_alike_are_told_by_the_prior():
    model = fit_shifted_beta_geometric(from_survivors([1000, 900, 810, 729, 656]))

    assert model.from_prior
    assert model.beta / (model.alpha + model.beta) == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize("survivors", [[100, 100, 96], [15, 9]])
def test_too_little_churn_is_said_instead_of_an_endless_life(survivors):
    with pytest.raises(NotEnoughChurn, match="Not enough churn to estimate") as refused:
        fit_shifted_beta_geometric(from_survivors(survivors))

    assert f"there were {survivors[0] - survivors[-1]} in " in refused.value.reason


def test_two_renewals_are_too_few_for_a_third_parameter():
    with pytest.raises(NotEnoughChurn, match="2 different renewals were observed"):
        fit_beta_discrete_weibull(from_survivors([100, 80, 70]))


@pytest.mark.parametrize(("t", "alpha"), [(-1, 1), (1, 0)])
def test_survival_refuses_what_makes_no_sense(t, alpha):
    with pytest.raises(ValueError, match="above 0"):
        log_survival(t, alpha=alpha, beta=1)
