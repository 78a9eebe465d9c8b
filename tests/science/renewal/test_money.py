"""How much money will renew: contracts go right or wrong together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from arbiter.science.renewal import UNTOLD, BaseRate, day_one, forecast, portfolio
from arbiter.science.renewal.model import Model
from tests.science.renewal.contracts import STRANGER, TOLD, portfolios


def of_strangers(count, rate, *, each=1.0, **options):
    contracts = [STRANGER] * count
    model = day_one(contracts, base_rate=rate)
    amounts, segments = np.full(count, each), [""] * count
    return portfolio(forecast(contracts, model), model, amounts, segments=segments, **options)


def test_the_expected_money_is_each_amount_times_its_chance():
    money = of_strangers(40, TOLD, each=1_000.0)

    assert money.expected == pytest.approx(40_000 * TOLD.probability)


def test_the_middle_of_the_futures_is_near_what_is_expected():
    money = of_strangers(400, TOLD, draws=4_000)

    assert money.median == pytest.approx(money.expected, rel=0.03)
    assert money.low < money.median < money.high


def test_the_range_is_far_wider_than_that_of_independent_coins():
    money = of_strangers(1_000, UNTOLD)
    independent = binom.ppf([0.05, 0.95], 1_000, UNTOLD.probability)

    assert money.high - money.low > 4 * (independent[1] - independent[0])


def test_where_nothing_is_in_doubt_the_range_is_that_of_independent_coins():
    contracts = [STRANGER] * 500
    model = day_one(contracts, base_rate=TOLD)
    sure = Model(
        model.mean, model.covariance * 1e-9 + 1e-12 * np.eye(len(model.mean)), model.reference, TOLD
    )
    apart = [str(number) for number in range(500)]

    money = portfolio(forecast(contracts, sure), sure, np.ones(500), segments=apart, draws=4_000)

    chances = forecast(contracts, sure).probability
    assert (money.low, money.high) == pytest.approx(binom.ppf([0.05, 0.95], 500, chances[0]), abs=3)


def test_contracts_of_one_segment_go_together():
    contracts = [STRANGER] * 200
    model = day_one(contracts, base_rate=BaseRate(renewed=8_000, due=10_000))
    made = forecast(contracts, model)

    together = portfolio(made, model, np.ones(200), segments=["Small"] * 200)
    apart = portfolio(made, model, np.ones(200), segments=[str(n) for n in range(200)])

    assert together.high - together.low > apart.high - apart.low


def test_the_same_seed_gives_the_same_figures_and_another_does_not():
    assert of_strangers(50, TOLD, seed=3) == of_strangers(50, TOLD, seed=3)
    assert of_strangers(5_000, TOLD, seed=3) != of_strangers(5_000, TOLD, seed=4)


@given(portfolios, st.integers(1, 600), st.integers(0, 9))
@settings(max_examples=30)
def test_the_range_lies_between_nothing_and_everything(contracts, draws, seed):
    model = day_one(contracts, base_rate=TOLD)
    amounts = np.arange(len(contracts), dtype=float)

    money = portfolio(
        forecast(contracts, model),
        model,
        amounts,
        segments=[each.segment for each in contracts],
        draws=draws,
        seed=seed,
    )

    assert 0 <= money.low <= money.median <= money.high <= amounts.sum()
    assert 0 <= money.expected <= amounts.sum()


@pytest.mark.parametrize(
    ("amounts", "segments", "draws"),
    [([1], ["", ""], 9), ([1, 1], [""], 9), ([1, -1], ["", ""], 9), ([1, 1], ["", ""], 0)],
)
def test_amounts_that_make_no_sense_are_refused(amounts, segments, draws):
    model = day_one([], base_rate=TOLD)
    made = forecast([STRANGER, STRANGER], model)

    with pytest.raises(ValueError, match=r"[Aa]mount"):
        portfolio(made, model, amounts, segments=segments, draws=draws)
