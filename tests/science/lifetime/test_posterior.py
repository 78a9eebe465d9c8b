"""Finding a summit, and the normal distribution around it."""

import numpy as np
import pytest
from scipy.stats import norm

from arbiter.science.lifetime.posterior import LogNormal, Posterior, laplace, least


def bowl(theta):
    """Minus the log of a normal density with mean (1, 2) and precisions 4 and 25."""
    away, precision = theta - [1.0, 2.0], np.array([4.0, 25.0])
    return 0.5 * float(precision @ away**2), precision * away


def slope(theta):
    """Ever better to the right: no summit."""
    return float(-theta.sum()), -np.ones_like(theta)


def test_the_summit_and_its_curvature_are_found():
    found = least(bowl, np.zeros(2))

    assert found.is_summit
    assert found.at == pytest.approx([1, 2], abs=1e-9)
    assert found.curvature == pytest.approx(np.diag([4, 25]), rel=1e-6, abs=1e-6)


def test_a_slope_ends_at_the_edge_and_has_no_summit():
    found = least(slope, np.zeros(2), farthest=np.array([3.0, 2.0]))

    assert found.at == pytest.approx([3, 2])
    assert not found.is_inside
    assert not found.is_summit


def test_where_the_data_say_nothing_the_prior_is_the_posterior():
    prior = LogNormal(mean=np.array([0.5, 1.0]), covariance=np.array([[1.0, 0.5], [0.5, 2.0]]))
    flat = least(lambda theta: (0.0, np.zeros(2)), np.zeros(2))

    found = laplace(lambda theta: (0.0, np.zeros(2)), prior, flat)

    assert found.mode == pytest.approx(prior.mean, abs=1e-6)
    assert found.covariance == pytest.approx(prior.covariance, rel=1e-6)


def test_data_and_prior_meet_by_their_precisions():
    prior = LogNormal.independent([0.0, 0.0], [0.5, 0.2])

    found = laplace(bowl, prior, least(bowl, np.zeros(2)))

    assert found.mode == pytest.approx([0.5, 1.0], abs=1e-6)
    assert np.diag(found.covariance) == pytest.approx([1 / 8, 1 / 50], rel=1e-5)


def test_a_few_hundred_draws_already_have_the_right_spread():
    posterior = Posterior(mode=np.array([0.3, 1.0]), covariance=np.array([[0.5, 0.2], [0.2, 0.3]]))

    drawn = np.log(posterior.draws(400))

    assert drawn.mean(axis=0) == pytest.approx(posterior.mode, abs=1e-9)
    assert np.cov(drawn.T, ddof=0) == pytest.approx(posterior.covariance, rel=1e-6)
    ends = np.quantile(drawn[:, 0], [0.05, 0.95])
    assert ends == pytest.approx(norm(0.3, np.sqrt(0.5)).ppf([0.05, 0.95]), abs=0.12)


def test_draws_are_the_same_again_and_differ_by_seed():
    posterior = Posterior(mode=np.zeros(2), covariance=np.eye(2))

    assert np.array_equal(posterior.draws(7), posterior.draws(7))
    assert not np.array_equal(posterior.draws(7), posterior.draws(7, seed=1))
    assert posterior.draws(3).shape == (3, 2)


def test_a_start_outside_the_region_is_refused():
    with pytest.raises(ValueError, match="within"):
        least(bowl, np.array([0.0, 99.0]))
