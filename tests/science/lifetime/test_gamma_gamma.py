"""Gamma-Gamma against the published values, against lifetimes, and by properties."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifetimes import GammaGammaFitter

from arbiter.science.lifetime import NotEnoughOrders, expected_amount, gamma_gamma
from tests.science.lifetime import published


@pytest.fixture(scope="module")
def shop():
    rows = published.summary()
    return rows["x"].to_numpy(), rows["zbar"].to_numpy()


@pytest.fixture(scope="module")
def model(shop):
    return gamma_gamma.fit(*shop)


def test_the_record_shop_has_the_published_parameters(model):
    # Published to two decimals from amounts in cents: 6.25, 3.74, 15.44.
    assert model.parameters == pytest.approx([6.25, 3.74, 15.44], abs=0.011)
    assert model.parameters == pytest.approx([6.249, 3.745, 15.448], abs=5e-4)
    assert model.log_likelihood == pytest.approx(-4055.92, abs=0.01)
    assert model.customers == 946
    assert model.correlation == pytest.approx(0.11, abs=0.005)


def test_the_parameters_and_amounts_are_those_of_lifetimes(shop, model):
    repeats, amounts = shop
    theirs = GammaGammaFitter()
    theirs.fit(repeats[repeats > 0], amounts[repeats > 0])

    assert model.parameters == pytest.approx(theirs.params_.to_numpy(), rel=1e-6)
    assert expected_amount(model, *shop) == pytest.approx(
        theirs.conditional_expected_average_profit(*shop), rel=1e-6
    )


def test_the_unit_of_money_changes_only_the_scale(shop, model):
    repeats, amounts = shop

    in_cents = gamma_gamma.fit(repeats, 100 * amounts)

    assert in_cents.parameters == pytest.approx(model.parameters * [1, 1, 100], rel=1e-6)
    shifted = model.posterior.mode + np.log([1, 1, 100])
    assert in_cents.posterior.mode == pytest.approx(shifted, abs=1e-6)


def test_the_draws_have_a_finite_mean_amount(model):
    uncertain = replace(
        model, posterior=replace(model.posterior, covariance=100 * model.posterior.covariance)
    )

    assert np.all(uncertain.draws(400)[:, 1] > 1)


@given(st.integers(1, 500), st.floats(0.5, 500))
def test_the_expected_amount_lies_between_the_own_mean_and_that_of_all(repeats, mean):
    three = np.array([6.25, 3.74, 15.44])
    everybody = 6.25 * 15.44 / 2.74

    found = gamma_gamma.amount(three, np.array([float(repeats)]), np.array([mean])).item()

    assert min(mean, everybody) * (1 - 1e-9) <= found <= max(mean, everybody) * (1 + 1e-9)


def test_buyers_who_are_all_alike_are_told_by_the_prior():
    alike = gamma_gamma.fit([3] * 50, [10.0] * 50)

    assert alike.from_prior
    assert alike.correlation == 0.0
    assert expected_amount(alike, [3], [10.0]).item() == pytest.approx(10.0, rel=0.02)


def test_too_few_who_ordered_again_are_refused_with_a_reason():
    with pytest.raises(NotEnoughOrders, match="2 ordered again"):
        gamma_gamma.fit([0, 1, 2], [0.0, 10.0, 12.0])


@pytest.mark.parametrize(
    ("repeats", "amounts"), [([1, 2], [3.0]), ([1] * 30, [0.0] * 30), ([[1]], [[2.0]])]
)
def test_amounts_that_cannot_be_are_refused(repeats, amounts):
    with pytest.raises(ValueError, match=r"length|above 0"):
        gamma_gamma.fit(repeats, amounts)
