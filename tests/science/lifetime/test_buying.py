"""What is said of single buyers, against lifetimes, against integration, and by properties."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifetimes import BetaGeoFitter
from scipy.integrate import quad
from scipy.stats import beta

from arbiter.science.lifetime import alive, bg_nbd, discounted_orders, expected_orders, of_days
from tests.science.lifetime import published

MODEL = bg_nbd.CDNOW
NEWCOMER = of_days([0], [0], [0])


@st.composite
def one_history(draw):
    age = draw(st.integers(1, 800))
    last = draw(st.integers(0, age))
    return of_days([draw(st.integers(1, 60)) if last else 0], [last], [age])


@st.composite
def models(draw):
    sizes = st.floats(0.05, 6)
    return replace(
        MODEL, r=draw(sizes), alpha_weeks=draw(sizes), a=draw(sizes), b=draw(st.floats(0.05, 30))
    )


@pytest.fixture(scope="module")
def theirs():
    fitter = BetaGeoFitter()
    fitter.params_ = dict(zip(("r", "alpha", "a", "b"), MODEL.parameters, strict=True))
    return fitter


def test_everybody_in_the_record_shop_is_judged_as_lifetimes_does(theirs):
    shop = published.histories()
    weeks = shop.repeats, shop.last_days / 7, shop.age_days / 7

    active = theirs.conditional_probability_alive(*weeks)
    orders = theirs.conditional_expected_number_of_purchases_up_to_time(52, *weeks)

    assert alive(MODEL, shop) == pytest.approx(active, abs=1e-12)
    assert expected_orders(MODEL, shop, weeks=52) == pytest.approx(orders, abs=1e-10)


def test_the_published_example_of_one_customer_is_met():
    customer = of_days([2], [30.43 * 7], [38.86 * 7])

    assert expected_orders(MODEL, customer, weeks=39).item() == pytest.approx(1.226, abs=1e-3)


def test_a_newcomer_is_expected_to_order_as_lifetimes_says(theirs):
    orders = theirs.expected_number_of_purchases_up_to_time(78)

    assert expected_orders(MODEL, NEWCOMER, weeks=78).item() == pytest.approx(orders, rel=1e-10)


def _integrated(model, x, age_weeks, weeks):
    """Orders of an active customer: the mean of (1 − ((α+T)/(α+T+pt))^(r+x))/p over p ~ Beta(a, b+x)."""
    then = model.alpha_weeks + age_weeks

    def each(share):
        p = beta.ppf(share, model.a, model.b + x)
        if p * weeks < 1e-9 * then:
            return (model.r + x) * weeks / then
        return -np.expm1((model.r + x) * -np.log1p(p * weeks / then)) / p

    return quad(each, 0, 1, epsabs=1e-10, epsrel=1e-9, limit=400)[0]


@pytest.mark.parametrize(
    ("a", "b", "x"),
    [(0.8, 2.4, 0), (0.8, 2.4, 9), (1.0, 2.4, 3), (0.4, 0.6, 0), (0.3, 0.4, 0), (2.5, 20, 150)],
)
def test_the_orders_of_the_active_are_those_of_integrating_over_all_chances_to_leave(a, b, x):
    model = replace(MODEL, a=a, b=b)
    history = of_days([x], [273 if x else 0], [273])

    found = expected_orders(model, history, weeks=104) / alive(model, history)

    assert found.item() == pytest.approx(_integrated(model, x, 39, 104), rel=1e-6)


@given(models(), one_history())
def test_the_chance_to_be_active_is_a_chance(model, history):
    chance = alive(model, history).item()

    assert 0 <= chance <= 1
    assert (history.repeats.item() > 0) or chance == 1


@given(models(), one_history(), st.floats(0.5, 200))
def test_a_longer_look_ahead_sees_more_orders_and_a_discount_makes_them_worth_less(
    model, history, weeks
):
    short = expected_orders(model, history, weeks=weeks).item()
    long = expected_orders(model, history, weeks=2 * weeks).item()
    discounted = discounted_orders(model, history, weeks=weeks, discount_per_year=0.15).item()

    assert 0 <= short <= long * (1 + 1e-9)
    assert discounted <= short * (1 + 1e-9)
    assert discounted >= short * 1.15 ** (-weeks / 52.17) * (1 - 1e-6)


def test_a_long_silence_after_many_orders_means_having_left():
    silent, busy = of_days([20], [100], [400]), of_days([20], [390], [400])

    assert alive(MODEL, silent).item() < 0.001
    assert alive(MODEL, busy).item() > 0.9


def test_an_endless_silence_does_not_overflow():
    assert alive(MODEL, of_days([900], [1000], [9000])).item() == pytest.approx(0, abs=1e-200)


def test_nothing_is_expected_of_no_time_and_of_nobody():
    nobody = of_days([], [], [])

    assert expected_orders(MODEL, NEWCOMER, weeks=0).tolist() == [0.0]
    assert discounted_orders(MODEL, nobody, weeks=52, discount_per_year=0.1).tolist() == []


@pytest.mark.parametrize(("weeks", "discount"), [(-1, 0.1), (52, -1.0), (52, float("nan"))])
def test_a_horizon_or_discount_that_makes_no_sense_is_refused(weeks, discount):
    with pytest.raises(ValueError, match=r"weeks|discount"):
        discounted_orders(MODEL, NEWCOMER, weeks=weeks, discount_per_year=discount)
