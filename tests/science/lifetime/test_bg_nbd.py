"""BG/NBD against the published values, against lifetimes, and against buyers whose parameters are known."""

import numpy as np
import pytest
from lifetimes import BetaGeoFitter

from arbiter.science.lifetime import NotEnoughOrders, bg_nbd, of_days
from arbiter.science.lifetime.compression import compress, places
from tests.science.lifetime import published
from tests.science.lifetime.buyers import CDNOW, drawn


def test_the_record_shop_has_the_published_parameters():
    model = bg_nbd.fit(published.histories())

    assert model.parameters == pytest.approx([0.243, 4.414, 0.793, 2.426], abs=5e-4)
    assert model.log_likelihood == pytest.approx(-9582.43, abs=0.01)
    assert model.customers == 2_357
    assert not model.from_prior


def test_the_record_shop_has_them_to_full_precision_when_time_is_in_whole_days():
    model = bg_nbd.fit(published.histories())

    assert model.parameters == pytest.approx([0.2425945, 4.4136019, 0.7929199, 2.4258881], rel=1e-5)
    assert model.log_likelihood == pytest.approx(-9582.4292, abs=5e-5)


def test_the_parameters_and_their_covariance_are_those_of_lifetimes():
    histories = drawn(3_000)
    weeks = histories.last_days / 7, histories.age_days / 7
    theirs = BetaGeoFitter()
    theirs.fit(histories.repeats, *weeks)

    ours = bg_nbd.fit(histories)

    assert ours.parameters == pytest.approx(theirs.params_.to_numpy(), rel=1e-5)
    # Ours are of logarithms and know a weak prior: the standard errors agree to a few per cent.
    ours_sd = np.sqrt(np.diag(ours.posterior.covariance)) * ours.parameters
    assert ours_sd == pytest.approx(theirs.standard_errors_.to_numpy(), rel=0.12)


def test_counting_equal_histories_changes_nothing_but_the_time_it_takes():
    histories = drawn(4_000, seed=2)

    each, counted = bg_nbd.fit(histories, few=10_000), bg_nbd.fit(histories, few=0)

    assert len(compress(histories, few=0).row_weight) < np.count_nonzero(histories.repeats)
    assert counted.parameters == pytest.approx(each.parameters, rel=1e-7)
    assert counted.log_likelihood == pytest.approx(each.log_likelihood, rel=1e-12)


def test_histories_too_many_for_a_table_are_sorted_and_counted_all_the_same():
    long_ago = of_days([5, 5, 2], [90_000, 90_000, 7], [90_001, 90_001, 9])

    found = compress(long_ago, few=0)

    assert sorted(found.row_weight.tolist()) == [1.0, 2.0]
    assert sorted(found.row_last.tolist()) == [7, 90_000]


def test_few_different_histories_are_counted_in_a_table():
    week = of_days([1] * 70 + [2] * 30, [3] * 70 + [4] * 30, [7] * 100)

    found = compress(week, few=0)

    assert found.row_weight.tolist() == [70.0, 30.0]
    assert found.repeats[found.row_repeats].tolist() == [1.0, 2.0]
    assert found.row_last.tolist() == [3, 4]
    assert found.row_age.tolist() == [7, 7]


def test_places_give_the_values_back_whether_dense_or_sparse():
    for values in (np.array([4, 2, 4]), np.array([10**9, 2, 10**9])):
        occurring, place = places(values)

        assert occurring[place].tolist() == values.tolist()


def test_the_gradient_is_that_of_the_likelihood():
    objective = bg_nbd._Likelihood(compress(drawn(500)))
    at = np.log([0.3, 5.0, 0.6, 2.0])

    slopes = [
        (objective(at + step)[0] - objective(at - step)[0]) / 2e-5 for step in 1e-5 * np.eye(4)
    ]

    assert objective(at)[1] == pytest.approx(slopes, rel=1e-5)


def test_a_summit_is_reached():
    histories = drawn(30_000, seed=4)
    model = bg_nbd.fit(histories)

    _, gradient = bg_nbd._Likelihood(compress(histories))(np.log(model.parameters))

    assert np.max(np.abs(gradient)) / len(histories) < 1e-8


def test_known_buyers_are_recognised():
    model = bg_nbd.fit(drawn(60_000, seed=5))

    away = np.log(model.parameters) - np.log(CDNOW)
    sd = np.sqrt(np.diag(model.posterior.covariance))
    assert np.all(np.abs(away) < 3.5 * sd)
    assert np.all(sd < 0.1)


def test_where_the_likelihood_has_no_summit_the_weak_prior_decides():
    regular = of_days([10] * 60, [190 + n % 5 for n in range(60)], [196] * 60)

    model = bg_nbd.fit(regular)

    assert model.from_prior
    assert 8 < 28 * model.r / model.alpha_weeks < 14
    assert model.a / (model.a + model.b) < 0.1


def test_too_few_who_ordered_again_are_refused_with_a_reason():
    once = of_days([0] * 500 + [1] * 19, [0] * 500 + [5] * 19, [100] * 519)

    with pytest.raises(NotEnoughOrders, match="19 ordered again, and 20 are needed") as refused:
        bg_nbd.fit(once)

    assert refused.value.reason.startswith("Not enough orders")


def test_nobody_cannot_be_compressed():
    with pytest.raises(ValueError, match="at least one"):
        compress(of_days([], [], []))
