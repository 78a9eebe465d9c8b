"""What each answer meant, and what a signal added to the forecasts that were made."""

import numpy as np
import pytest
from scipy.special import expit, logit

from arbiter.science.audit import addition, answer_rates
from arbiter.science.interval import wilson

ORDER = ("yes", "not_sure", "no", "no_reply", "never_asked")


def test_each_answer_is_told_with_its_renewals_and_those_nobody_gave_too():
    answers = ["yes"] * 20 + ["no"] * 5

    told = answer_rates(answers, [0] * 19 + [1] + [1] * 4 + [0], order=ORDER)

    assert [each.answer for each in told] == list(ORDER)
    assert told[0].renewed.value == 0.95
    assert (told[0].renewed.low, told[0].renewed.high) == pytest.approx(tuple(wilson(19, 20)))
    assert (told[2].lost, told[2].renewed.n) == (4, 5)
    assert told[4].renewed.value is None


def test_an_answer_that_is_not_told_is_refused():
    with pytest.raises(ValueError, match="No such answer: maybe"):
        answer_rates(["maybe"], [0], order=ORDER)
    with pytest.raises(ValueError, match="one outcome"):
        answer_rates(["yes"], [0, 1], order=ORDER)


def test_a_signal_that_pulled_the_right_way_added_what_its_absence_would_have_cost():
    chance = np.random.default_rng(3)
    truth = chance.normal(size=4_000)
    renewed = chance.random(4_000) < expit(1 + truth)

    told = addition(expit(1 + truth), truth, renewed, customer=np.arange(4_000) // 2)

    plain = np.where(renewed, -np.log(expit(1.0)), -np.log(1 - expit(1.0)))
    with_it = np.where(renewed, -np.log(expit(1 + truth)), -np.log(1 - expit(1 + truth)))
    assert told.gain.value == pytest.approx(float((plain - with_it).mean()))
    assert told.gain.low > 0
    assert told.customers == 2_000


def test_a_signal_that_only_shook_the_forecast_added_nothing():
    chance = np.random.default_rng(4)
    noise = chance.normal(size=3_000)
    renewed = chance.random(3_000) < 0.8

    told = addition(expit(logit(0.8) + noise), noise, renewed, customer=np.arange(3_000))

    assert told.gain.high < 0


def test_a_few_customers_are_too_few_to_tell():
    assert addition([0.5] * 40, [0.1] * 40, [1] * 40, customer=[1] * 40).gain.value is None


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (([0.5], [0.1], [1, 0]), "one effect"),
        (([1.0], [0.1], [1]), "between 0 and 1"),
    ],
)
def test_columns_that_do_not_fit_are_refused(columns, says):
    with pytest.raises(ValueError, match=says):
        addition(*columns, customer=[1])
